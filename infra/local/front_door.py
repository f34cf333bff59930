"""Vite's preview server, which serves the built shop and the API at one address, as CloudFront does in AWS."""

import http.client
import json
import subprocess
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from infra.local import processes
from infra.node import Node
from infra.paths import FRONTEND
from infra.problems import PlatformError

RECORD = "front-door.json"
SECONDS_TO_START = 30


class FrontDoor:
    """One preview server. Its process id is in the run directory, so that the next run can end it after a crash."""

    def __init__(self, run_directory: Path, port: int) -> None:
        self.log_file = run_directory / "logs" / "front-door.log"
        self.port = port
        self._record = run_directory / RECORD
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address for this machine's browsers."""
        return f"http://localhost:{self.port}"

    def start(self, node: Node, system: Mapping[str, str], api_url: str, image_origins: str = "") -> None:
        """Start the server and return when it answers. It lets browsers load images from these origins too."""
        self.log_file.parent.mkdir(parents=True, exist_ok=True)
        vite = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
        options = ["--host", "127.0.0.1", "--port", str(self.port), "--strictPort"]
        with self.log_file.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, no text from outside
                [node.program, vite, "preview", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**node.environment(system), "API_URL": api_url, "IMAGE_ORIGINS": image_origins},
                cwd=FRONTEND,
                start_new_session=True,
            )
        self._record.write_text(json.dumps([self._process.pid, processes.born(self._process.pid)]))
        self._wait_until_ready()

    def is_running(self) -> bool:
        """Return whether the server is still running."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End the server."""
        end_left_over(self._record.parent)
        if self._process is not None:
            self._process.wait()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if not self.is_running() or time.monotonic() > deadline:
                raise PlatformError(f"The shop's server did not start; the cause is in {self.log_file}.")
            time.sleep(0.05)

    def _answers(self) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", "/")
                return connection.getresponse().status == http.HTTPStatus.OK
            except (OSError, http.client.HTTPException):
                return False


def end_left_over(run_directory: Path) -> None:
    """End the server whose process id is on record, unless the id now belongs to another process."""
    record = run_directory / RECORD
    if record.exists():
        pid, born = json.loads(record.read_text() or "[0, null]")
        if born is not None and processes.born(pid) == born:
            processes.end(pid)
        record.unlink()
