"""Installing with pip, uv and npm: nothing twice at once, and no file left outside the project's folder."""

import fcntl
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from infra import environment


@contextmanager
def installing(directory: Path) -> Iterator[dict[str, str]]:
    """Give the environment in which to install into `directory`; another installation of it is waited for.

    Temporary files and the caches of npm and uv are beside the directory. They are removed at the end, and those of an
    interrupted installation at the beginning of the next.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    scratch = directory.with_name(f"{directory.name}.tmp")
    with directory.with_name(f"{directory.name}.lock").open("w") as lock:
        _acquire(lock, directory.name)
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        caches = {"UV_CACHE_DIR": str(scratch / "uv-cache"), "npm_config_cache": str(scratch / "npm")}
        own = {"TMPDIR": str(scratch), "PIP_NO_CACHE_DIR": "1", **caches}
        try:
            yield {**environment.variables(), **own}
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _acquire(lock: TextIO, name: str) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.stderr.write(f"Another command is installing into {name}; waiting until it has finished …\n")
        fcntl.flock(lock, fcntl.LOCK_EX)
