"""PostgreSQL refuses to run as root. For root its programs run as the user `nobody`.

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
    """Let PostgreSQL's user pass through the folders above `path`, for example root's home.

    Only the right to pass through is given, not to list or read, and it is said where that was done.
    """
    if not run_as():
        return
    for folder in path.resolve().parents:
        if _allow(folder, ENTERABLE):
            sys.stderr.write(f"Let other users pass through {folder}: PostgreSQL refuses to run as root.\n")


def let_read(tree: Path) -> None:
    """Let PostgreSQL's user read `tree`, which a strict umask may have closed to all but root."""
    if not run_as() or _lets_read(tree):
        return
    for folder, _, files in os.walk(tree):
        _allow(Path(folder), READABLE | ENTERABLE)
        for name in files:
            _allow_like_owner(Path(folder, name))


def _lets_read(folder: Path) -> bool:
    """Files that were installed together have the same rights, so checking the folder is enough."""
    wanted = READABLE | ENTERABLE
    return folder.stat().st_mode & wanted == wanted


def _allow(path: Path, rights: int) -> bool:
    """Add rights for other users; return whether any was missing."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & rights == rights:
        return False
    path.chmod(mode | rights)
    return True


def _allow_like_owner(file: Path) -> None:
    """Let everyone read a file, and execute it if it is a program."""
    program = file.stat().st_mode & stat.S_IXUSR
    _allow(file, READABLE | (ENTERABLE if program else 0))
