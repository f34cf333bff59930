"""A lock on a run directory that is held while LocalStack, or anything it started, is alive.

The lock belongs to an open file, so the system frees it at the end of the last process that has the file open, whatever
ended it; a process number alone would go stale.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RunLock:
    """Taken by who starts LocalStack, handed down to it and to the guard."""

    def __init__(self, run_directory: Path) -> None:
        self._file = run_directory / "running.pid"

    @contextmanager
    def taken(self) -> Iterator[int]:
        """A descriptor that holds the lock, here while the block runs; raises BlockingIOError if it is held."""
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield descriptor
        finally:
            os.close(descriptor)

    def name_holder(self, pid: int) -> None:
        """Write down which process to ask to end."""
        self._file.write_text(f"{pid}\n")

    @property
    def holder(self) -> int | None:
        """The process to ask to end; None if everything has ended."""
        return int(self._file.read_text() or 0) or None if self._is_held() else None

    def wait_until_free(self, seconds: float) -> bool:
        """Whether everything ended within that time."""
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
