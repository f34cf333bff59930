"""The unpacked deployment packages: one folder for each package, however many functions are deployed from it."""

import base64
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Lock


class Unpacked:
    """The folders below a directory, each with a count of the function versions that use it."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._users: Counter[str] = Counter()
        self._lock = Lock()

    def folder(self, sha256: str) -> Path:
        """Return the folder of the package with this hash, which is in base64 as AWS writes it."""
        return self._directory / base64.b64decode(sha256).hex()

    def acquire(self, sha256: str, unpack: Callable[[], Path]) -> None:
        """Count a user. For the first one the folder that `unpack` makes is moved here."""
        with self._lock:
            if not self._users[sha256]:
                self._directory.mkdir(parents=True, exist_ok=True)
                unpack().rename(self.folder(sha256))
            self._users[sha256] += 1

    def release(self, sha256: str) -> None:
        """Count a user less. After the last one the folder is removed."""
        with self._lock:
            if self._users[sha256] > 1:
                self._users[sha256] -= 1
            elif self._users.pop(sha256, 0):
                shutil.rmtree(self.folder(sha256), ignore_errors=True)
