"""Create .venv, the environment in which everything else runs.

The Makefile runs this with a Python 3.13 of the machine, so this module and its imports use only the standard library.
"""

import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from infra import uv
from infra.installing import installing
from infra.paths import LOCAL, ROOT
from infra.problems import main_program
from infra.programs import run

DIRECTORY = ROOT / ".venv"
LOCKED = ROOT / "requirements-dev.txt"
MARK = DIRECTORY / "installed"
"""The Makefile compares its time with that of the lock file."""
NAME = "installing the development environment"


def install() -> None:
    """Install exactly what is locked; an environment of another Python is replaced."""
    with installing(LOCAL / "development") as environment:
        if not _is_up_to_date():  # else by the command that was waited for
            _install(environment)


def _is_up_to_date() -> bool:
    return MARK.exists() and MARK.stat().st_mtime >= LOCKED.stat().st_mtime


def _install(environment: Mapping[str, str]) -> None:
    started = time.monotonic()
    sys.stdout.write("Installing the development environment into .venv (800 MB, once, about a minute) …\n")
    sys.stdout.flush()
    if _python_of(DIRECTORY) != Path(sys.executable).resolve():
        shutil.rmtree(DIRECTORY, ignore_errors=True)
    run([sys.executable, "-m", "venv", DIRECTORY], name=NAME)
    python = DIRECTORY / "bin" / "python"
    uv.install(python, LOCKED, python, environment, name=NAME)
    MARK.touch()
    sys.stdout.write(f"Installed in {time.monotonic() - started:.0f} s.\n")


def _python_of(environment: Path) -> Path:
    """The interpreter an environment was made with."""
    return (environment / "bin" / "python").resolve()


if __name__ == "__main__":
    sys.exit(main_program(install))
