"""Errors that a user meets as one sentence instead of a traceback."""

import errno
import sys
from collections.abc import Callable

MAKE_ROOM = "Free some space, or let RUN_DIRECTORY=… choose a directory on another disk for data and logs."
CAUSES = {
    errno.ENOSPC: f"the disk is full. {MAKE_ROOM}",
    errno.EROFS: "the disk is read-only. RUN_DIRECTORY=… chooses another directory for data and logs.",
    errno.EACCES: "permission denied. RUN_DIRECTORY=… chooses another directory for data and logs.",
    errno.EPERM: "permission denied. RUN_DIRECTORY=… chooses another directory for data and logs.",
    errno.EEXIST: "a file is where a directory should be. RUN_DIRECTORY=… chooses another one for data and logs.",
    errno.ENOTDIR: "a file is where a directory should be. RUN_DIRECTORY=… chooses another one for data and logs.",
}


class PlatformError(Exception):
    """One sentence saying what is wrong and what to do about it."""


def main_program(command: Callable[[], None]) -> int:
    """Run a command; return its exit code. An error is one sentence on standard error."""
    try:
        command()
    except PlatformError as error:
        return _complain(str(error))
    except OSError as error:
        cause = CAUSES.get(error.errno or 0)
        if cause is None or (error.errno != errno.ENOSPC and error.filename is None):
            raise
        return _complain(f"{error.filename or 'A file'} can't be used: {cause}")
    except KeyboardInterrupt:
        return 130
    return 0


def _complain(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1
