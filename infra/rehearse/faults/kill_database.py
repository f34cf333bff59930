"""Kill the database of a local run with SIGKILL. `make run` starts it again, at the same address."""

import signal
from contextlib import suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # the package brings no types

from infra.local.processes import working_in
from infra.problems import PlatformError


def kill_database(run_directory: Path) -> None:
    """Kill the server and all its sessions at once. Raise PlatformError if the run has no server of its own."""
    processes = working_in(run_directory / "postgres", "postgres")
    if not processes:
        raise PlatformError("The run uses a database that was given to it; only a database of its own is killed.")
    for pid in processes:
        with suppress(psutil.NoSuchProcess):
            psutil.Process(pid).send_signal(signal.SIGKILL)
