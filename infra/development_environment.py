"""Make .venv, the environment that everything else here runs in.

Run by the Makefile with whatever Python 3.13 it found, so this and all it imports need nothing but Python.
"""

import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from infra.installing import installing
from infra.paths import LOCAL, ROOT
from infra.problems import main_program
from infra.programs import run

DIRECTORY = ROOT / ".venv"
LOCKED = ROOT / "requirements-dev.txt"
MARK = DIRECTORY / "installed"
"""The Makefile compares its age with that of the lock file."""
PIP_OPTIONS = ("--quiet", "--disable-pip-version-check", "--no-compile", "--require-hashes")


def install() -> None:
    """Install exactly what is locked; an environment of another Python is replaced."""
    with installing(LOCAL / "development") as environment:
        if not _is_up_to_date():  # else by the command that was waited for
            _install(environment)


def _is_up_to_date() -> bool:
    return MARK.exists() and MARK.stat().st_mtime >= LOCKED.stat().st_mtime


def _install(environment: Mapping[str, str]) -> None:
    started = time.monotonic()
    sys.stdout.write("Installing the development environment into .venv (700 MB, once, about a minute) …\n")
    sys.stdout.flush()
    if _python_of(DIRECTORY) != Path(sys.executable).resolve():
        shutil.rmtree(DIRECTORY, ignore_errors=True)
    name = "installing the development environment"
    run([sys.executable, "-m", "venv", DIRECTORY], name=name)
    pip: list[str | Path] = [DIRECTORY / "bin" / "python", "-m", "pip", "install", *PIP_OPTIONS]
    run([*pip, "-r", LOCKED], name=name, environment=environment)
    MARK.touch()
    sys.stdout.write(f"Installed in {time.monotonic() - started:.0f} s.\n")


def _python_of(environment: Path) -> Path:
    """The interpreter an environment was made with."""
    return (environment / "bin" / "python").resolve()


if __name__ == "__main__":
    sys.exit(main_program(install))
