"""Finding and ending processes, including those that a killed run left behind."""

import signal
from collections.abc import Iterable
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # the package brings no types

SECONDS_PER_REQUEST = 10
POLITELY = (signal.SIGTERM, signal.SIGKILL)


def working_in(directory: Path, name: str) -> list[int]:
    """Return the processes of that name whose working directory is `directory`, oldest first."""
    found = [
        (process.info["create_time"], process.pid)
        for process in psutil.process_iter(["name", "cwd", "create_time"])
        if process.info["name"] == name and process.info["cwd"] == str(directory)
    ]
    return [pid for _, pid in sorted(found)]


def born(pid: int) -> float | None:
    """Return when the process started, which distinguishes it from a later one with its id; None if it has ended."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else float(process.create_time())
    except psutil.NoSuchProcess:
        return None


def end(pid: int, requests: Iterable[signal.Signals] = POLITELY) -> None:
    """Send one signal after the other until the process has ended."""
    for request in requests:
        try:
            process = psutil.Process(pid)
            process.send_signal(request)
            process.wait(SECONDS_PER_REQUEST)
        except psutil.NoSuchProcess:
            return
        except psutil.TimeoutExpired:
            continue
        return
