"""A lock on a run directory, held while LocalStack or a process that it started is running.

The lock belongs to an open file, so the system frees it at the end of the last process that has the file open, whatever
ended it; a process id alone could belong to a later process.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RunLock:
    """The lock. The process that starts LocalStack takes it and passes it on to LocalStack and to the guard."""

    def __init__(self, run_directory: Path) -> None:
        self._file = run_directory / "running.pid"

    @contextmanager
    def taken(self) -> Iterator[int]:
        """Yield a descriptor that holds the lock while the block runs. Raise BlockingIOError if the lock is held."""
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield descriptor
        finally:
            os.close(descriptor)

    def name_holder(self, pid: int) -> None:
        """Write the id of LocalStack's process into the file."""
        self._file.write_text(f"{pid}\n")

    @property
    def holder(self) -> int | None:
        """The id of LocalStack's process; None if everything has ended."""
        return int(self._file.read_text() or 0) or None if self._is_held() else None

    def wait_until_free(self, seconds: float) -> bool:
        """Return whether everything has ended within that time."""
        deadline = time.monotonic() + seconds
        while held := self._is_held():
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        return not held

    def _is_held(self) -> bool:
        try:
            with self._file.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False
