"""Kill the database of a local run with SIGKILL. `make run` starts it again, at the same address."""

import signal
from contextlib import suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # the package brings no types

from infra.local.processes import working_in
from infra.problems import PlatformError


def require_database(run_directory: Path) -> None:
    """Raise PlatformError if the run has no server of its own."""
    if not working_in(run_directory / "postgres", "postgres"):
        raise PlatformError("The run did not start its database: a rehearsal kills no other.")


def kill_database(run_directory: Path) -> None:
    """Kill the server and all its sessions at once."""
    for pid in working_in(run_directory / "postgres", "postgres"):
        with suppress(psutil.NoSuchProcess):
            psutil.Process(pid).send_signal(signal.SIGKILL)
