"""The file and the lock by which other commands know that a run is under way and where its parts are."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from infra import private_files
from infra.local.processes import born
from infra.problems import PlatformError

LOCK = "run.lock"
STATE = "run.json"
SECONDS_OF_A_LOOK = 1
"""For which another command may hold the lock, to see whether a run holds it."""
SECONDS_BETWEEN_ATTEMPTS = 0.01


@dataclass(frozen=True, slots=True)
class RunState:
    """The addresses of a platform that is ready."""

    pid: int
    shop_url: str
    api_url: str
    """The API behind the front door, in LocalStack."""
    endpoint_url: str
    database_url: str
    functions_database_url: str
    """The address of the database for the functions."""
    service: dict[str, str]
    """The variables of the functions, including the keys that sign tokens."""
    own_localstack: bool = False
    """Whether the run started LocalStack, so that functions run on this machine."""


@contextmanager
def only_run(directory: Path) -> Iterator[None]:
    """Hold the lock of the run directory. Raise PlatformError if another run holds it. It ends with the process."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / LOCK).open("a+") as lock:
        deadline = time.monotonic() + SECONDS_OF_A_LOOK
        while not _taken(lock):
            if runner(directory) is not None or time.monotonic() > deadline:
                raise PlatformError(_already_running(directory))
            time.sleep(SECONDS_BETWEEN_ATTEMPTS)
        (directory / STATE).unlink(missing_ok=True)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        try:
            yield
        finally:
            (directory / STATE).unlink(missing_ok=True)


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def publish(directory: Path, state: RunState) -> None:
    """Write the state for the other commands, in one step."""
    private_files.write(directory / STATE, json.dumps(asdict(state), indent=2))


def current(directory: Path) -> RunState | None:
    """Return the state of the run, or None if none is ready."""
    if runner(directory) is None:
        return None
    try:
        return RunState(**json.loads((directory / STATE).read_text()))
    except FileNotFoundError:
        return None


def required(directory: Path) -> RunState:
    """Return the state of the run. Raise PlatformError if none is ready."""
    state = current(directory)
    if state is None:
        raise PlatformError("Nothing is running here: start `make run` in another terminal first.")
    return state


def runner(directory: Path) -> int | None:
    """Return the process id of the run, ready or not, or None if there is none.

    A run that has just taken the lock has not written its id yet: the file still names the one before, which has ended.
    """
    try:
        with (directory / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        pid = int((directory / LOCK).read_text() or 0)
        return pid if pid and born(pid) is not None else None
    return None


def _already_running(directory: Path) -> str:
    state = current(directory)
    where = f" at {state.shop_url}" if state else ", still starting"
    return f"`make run` is already running here{where}; `make stop` ends it."
