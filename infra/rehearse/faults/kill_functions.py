"""Kill every function of a local run with SIGKILL, whatever it does at that moment."""

import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # the package brings no types

from infra.local.executor.run_lock import RunLock
from infra.problems import PlatformError

RUNTIME = "awslambdaric"


def require_localstack(localstack_directory: Path) -> None:
    """Raise PlatformError if the run has no LocalStack of its own."""
    if RunLock(localstack_directory).holder is None:
        raise PlatformError(
            "The run did not start its LocalStack: a rehearsal neither kills functions of another nor slows it."
        )


def kill_functions(localstack_directory: Path) -> list[psutil.Process]:
    """Kill the execution environments of the LocalStack in this directory, and return their processes."""
    killed = []
    for process in _environments(localstack_directory):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
            killed.append(process)
    return killed


def _environments(localstack_directory: Path) -> Iterator[psutil.Process]:
    folder = localstack_directory / "functions"
    for process in psutil.process_iter(["cmdline", "cwd"]):
        command, directory = process.info["cmdline"] or [], process.info["cwd"] or ""
        if RUNTIME in command and Path(directory).is_relative_to(folder):
            yield process
