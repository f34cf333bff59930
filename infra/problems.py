"""What the local platform tells its user instead of a traceback."""

import errno
import sys
from collections.abc import Callable


class PlatformError(Exception):
    """One sentence saying what is wrong and what to do about it."""


def main_program(command: Callable[[], None]) -> int:
    """Run a command of the platform; its exit code. What went wrong is said in one sentence."""
    try:
        command()
    except PlatformError as error:
        return _complain(str(error))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return _complain(f"The disk is full: {error.filename or 'a file'} could not be written.")
    except KeyboardInterrupt:
        return 130
    return 0


def _complain(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1
