"""PostgreSQL refuses to run as root, so for root its programs run as the machine's user `nobody`.

For anyone else nothing changes: the programs run as the user who starts them.
"""

import os
import pwd
import stat
import sys
from functools import cache
from pathlib import Path

from infra.programs import RunAs

READABLE = stat.S_IROTH
ENTERABLE = stat.S_IXOTH


@cache
def run_as() -> RunAs:
    """The user to run PostgreSQL as."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def own(path: Path) -> None:
    """Give a file or an empty directory to the user PostgreSQL runs as."""
    user = run_as()
    if user:
        os.chown(path, user["user"], user["group"])


def let_through(path: Path) -> None:
    """Let the user PostgreSQL runs as pass through the folders above `path`, root's home for one.

    Only the right to pass through is given, not to list or read, and it is said where that was done.
    """
    if not run_as():
        return
    for folder in path.resolve().parents:
        if _allow(folder, ENTERABLE):
            sys.stderr.write(f"Let other users pass through {folder}: PostgreSQL refuses to run as root.\n")


def let_read(tree: Path) -> None:
    """Let the user PostgreSQL runs as read `tree`, which a strict umask may have kept to root."""
    if not run_as() or _lets_read(tree):
        return
    for folder, _, files in os.walk(tree):
        _allow(Path(folder), READABLE | ENTERABLE)
        for name in files:
            _allow_like_owner(Path(folder, name))


def _lets_read(folder: Path) -> bool:
    """Files installed together have the same rights, so the folder stands for what is in it."""
    wanted = READABLE | ENTERABLE
    return folder.stat().st_mode & wanted == wanted


def _allow(path: Path, rights: int) -> bool:
    """Add rights for other users; whether any was missing."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & rights == rights:
        return False
    path.chmod(mode | rights)
    return True


def _allow_like_owner(file: Path) -> None:
    """A program becomes one for everyone, other files become readable."""
    program = file.stat().st_mode & stat.S_IXUSR
    _allow(file, READABLE | (ENTERABLE if program else 0))
