"""PostgreSQL 18 as a program of this project: installed by pip, listening on this machine only.

`running` is for tests, `Postgres` for `make run`.
"""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local.ports import free_port, is_taken
from infra.local.postgres_data import ensure_created, password_file, program
from infra.local.postgres_user import run_as
from infra.local.processes import end, working_in
from infra.problems import MAKE_ROOM, PlatformError
from infra.programs import tells_of_full_disk

SECONDS_TO_START = 60
ATTEMPTS = 3
TAIL = 2000
SHUTDOWN = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)  # fast, immediate, killed

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class Postgres:
    """One server. Its data is in `data_directory`, its log file and its password beside it."""

    def __init__(self, data_directory: Path, port: int | None = None) -> None:
        self.data_directory = data_directory.resolve()
        self.log_file = self.data_directory.with_name(self.data_directory.name + ".log")
        self.port = port or free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of the superuser's database, with the password, once the server has been started."""
        password = password_file(self.data_directory).read_text()
        return f"postgresql://postgres:{password}@127.0.0.1:{self.port}/postgres"

    @property
    def pid(self) -> int:
        """The id of the server's main process."""
        if self._process is None:
            raise PlatformError("PostgreSQL was not started.")
        return self._process.pid

    def start(self) -> None:
        """Start the server, on a new data directory if there is none. End first what a killed run left behind."""
        self.stop()
        stop(self.data_directory)
        ensure_created(self.data_directory)
        for attempt in range(1, ATTEMPTS + 1):
            self._spawn()
            if self._answers():
                return
            if attempt < ATTEMPTS and is_taken(self.port):
                self.port = free_port()
        raise PlatformError(self._why_not())

    def stop(self) -> None:
        """Shut the server down: end its sessions and write its data to disk."""
        if self._process is not None:
            end(self._process.pid, SHUTDOWN)
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        """Stop and start at the same address."""
        self.stop()
        self.start()

    def _why_not(self) -> str:
        """Return the cause of a failed start, from the log."""
        if tells_of_full_disk(self.log_file.read_text(errors="replace")[-TAIL:]):
            return f"The disk is full: PostgreSQL could not start. {MAKE_ROOM}"
        return f"PostgreSQL did not start; the end of {self.log_file} says why."

    def _spawn(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C in the terminal does not reach it."""
        settings = {**SETTINGS, "port": str(self.port)}
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, no text from outside
                [program("postgres"), "-D", self.data_directory, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.data_directory,
                start_new_session=True,
                **run_as(),
            )

    def _answers(self) -> bool:
        """Wait until the server is ready, as its pid file says, or has ended; return whether it is ready."""
        pid_file = self.data_directory / "postmaster.pid"
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                return False
            lines = pid_file.read_text().splitlines() if pid_file.exists() else []
            if len(lines) >= 8 and lines[0] == str(self.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(0.02)
        self.stop()
        return False


@contextmanager
def running(data_directory: Path) -> Iterator[str]:
    """Run a server while the block runs; yield the address of its `postgres` database."""
    server = Postgres(data_directory)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


def stop(data_directory: Path) -> None:
    """End every PostgreSQL process that works in `data_directory`, whoever started it."""
    for pid in working_in(data_directory.resolve(), "postgres"):
        end(pid, SHUTDOWN)
    (data_directory / "postmaster.pid").unlink(missing_ok=True)
