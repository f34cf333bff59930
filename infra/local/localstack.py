"""LocalStack 4.14, run from its Python package without Docker. Functions are processes (see `executor`).

`running` is for tests, `LocalStack` for `make run`; `stop` ends what an earlier run left behind.
"""

import http.client
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from infra.local.executor.run_lock import RunLock
from infra.local.installation import FUNCTIONS, LOCALSTACK, ensure_installed
from infra.local.localstack_settings import environment
from infra.local.ports import free_port, is_taken
from infra.paths import ROOT
from infra.problems import PlatformError

__all__ = ["LocalStack", "ensure_installed", "running", "stop"]

SECONDS_TO_START = 120
SECONDS_TO_STOP = 10
LINES_TO_SHOW = 5


class LocalStack:
    """One LocalStack, which writes everything into `run_directory`. Its state is lost when it ends."""

    def __init__(
        self, run_directory: Path, port: int | None = None, variables: Mapping[str, str] | None = None
    ) -> None:
        """`variables` go before those that every LocalStack here is given."""
        self.run_directory = run_directory.resolve()
        self._variables = dict(variables or {})
        self.port = port or free_port()
        self.log_file = self.run_directory / "localstack.log"
        self.function_logs = self.run_directory / "functions" / "logs"
        self._files = self.run_directory / "files"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The endpoint of every AWS service."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The id of LocalStack's process."""
        if self._process is None:
            raise PlatformError("LocalStack was not started.")
        return self._process.pid

    def start(self) -> None:
        """Start with nothing deployed, and return when it answers. End first what a killed run left behind."""
        stop(self.run_directory)
        if is_taken(self.port):
            raise PlatformError(f"Port {self.port}, where LocalStack should listen, is in use by another program.")
        self._prepare()
        self._spawn()
        try:
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop LocalStack and everything it started, and return when all of it has ended."""
        stop(self.run_directory)
        if self._process is not None:
            self._process.wait()
            self._process = None

    def _prepare(self) -> None:
        """Empty the run directory, except for what the installation has prepared."""
        shutil.rmtree(self.run_directory, ignore_errors=True)
        self.function_logs.mkdir(parents=True)
        self._files.mkdir()
        (self._files / "usr").symlink_to(LOCALSTACK.prepared / "usr")

    def _spawn(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C in the terminal does not reach it."""
        lock = RunLock(self.run_directory)
        with lock.taken() as descriptor, self.log_file.open("ab") as log:
            arguments = (self.run_directory, FUNCTIONS.python, str(descriptor))
            self._process = subprocess.Popen(  # noqa: S603 - our own program, no text from outside
                (LOCALSTACK.python, "-m", "infra.local.executor", *arguments),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.run_directory,
                env=environment(self._files, self.port) | self._variables | {"PYTHONPATH": str(ROOT)},
                pass_fds=[descriptor],
                start_new_session=True,
            )
            lock.name_holder(self._process.pid)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if self._process is None or self._process.poll() is not None:
                raise PlatformError(f"LocalStack ended while starting: {self._last_lines()}")
            if time.monotonic() > deadline:
                raise PlatformError(f"LocalStack did not answer within {SECONDS_TO_START} s; see {self.log_file}.")
            time.sleep(0.05)

    def _answers(self) -> bool:
        """Return whether the health page lists the services."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/_localstack/health")
            return "services" in json.load(connection.getresponse())
        except (OSError, http.client.HTTPException, ValueError):
            return False
        finally:
            connection.close()

    def _last_lines(self) -> str:
        lines = [line.strip() for line in self.log_file.read_text(errors="replace").splitlines() if line.strip()]
        return f"{' / '.join(lines[-LINES_TO_SHOW:]) or 'it said nothing'} (all of it is in {self.log_file})"


@contextmanager
def running(run_directory: Path, port: int | None = None) -> Iterator[str]:
    """Run a LocalStack while the block runs, installed first if it is missing; yield its endpoint."""
    ensure_installed()
    localstack = LocalStack(run_directory, port)
    localstack.start()
    try:
        yield localstack.url
    finally:
        localstack.stop()


def stop(run_directory: Path) -> None:
    """End the LocalStack of this run directory and everything it started, whoever started it.

    It has no state to save, and would wait five seconds for clients that keep a connection open; so it is killed.
    """
    lock = RunLock(run_directory)
    pid = lock.holder
    if pid is None:
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    if not lock.wait_until_free(SECONDS_TO_STOP):
        raise PlatformError(f"LocalStack's processes of {run_directory} do not end.")
