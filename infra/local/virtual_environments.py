"""The two Python environments of the local platform besides the development one, installed from locked requirements."""

import fcntl
import hashlib
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.local.commands import run
from infra.local.paths import LOCAL
from infra.local.problems import PlatformError

Say = Callable[[str], object]
HERE = Path(__file__).parent
PIP_OPTIONS = ("--quiet", "--disable-pip-version-check", "--no-compile", "--require-hashes")


@dataclass(frozen=True, slots=True)
class VirtualEnvironment:
    """An environment and the lock file that says what is in it."""

    name: str
    directory: Path
    requirements: Path
    size: str
    last_step: str = ""
    """Python code to run in it when all is installed."""

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.directory / "bin" / "python"

    def ensure_installed(self, say: Say) -> None:
        """Install, unless exactly this is there already."""
        if self._is_installed():
            return
        say(f"Installing {self.name} into {self.directory.name} ({self.size}, once) …")
        started = time.monotonic()
        self._install()
        say(f"Installed {self.name} in {time.monotonic() - started:.0f} s.")

    def _is_installed(self) -> bool:
        return self.python.exists() and self._mark.exists() and self._mark.read_text() == self._wanted()

    @property
    def prepared(self) -> Path:
        """Files that are the same in every run."""
        return self.directory / "prepared"

    @property
    def _mark(self) -> Path:
        return self.directory / "installed.sha256"

    def _wanted(self) -> str:
        """Changes with the locked requirements and with the Python they are for."""
        parts = (sys.version.encode(), self.requirements.read_bytes(), self.last_step.encode())
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def _install(self) -> None:
        """From scratch, by the pip at hand; the mark comes last, so that half an installation does not count."""
        shutil.rmtree(self.directory, ignore_errors=True)
        doing = f"installing {self.name}"
        run([sys.executable, "-m", "venv", "--without-pip", self.directory], name=doing)
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install", *PIP_OPTIONS]
        run([*pip, "-r", str(self.requirements)], name=doing)
        if self.last_step:
            variables = {"OVERRIDE_IN_DOCKER": "0", "FILESYSTEM_ROOT": str(self.prepared)}
            run([self.python, "-c", self.last_step], name=doing, environment=variables)
        self._mark.write_text(self._wanted())


INDEX_THE_AWS_APIS = """
import os
from localstack import config
from localstack.aws import spec
os.makedirs(config.dirs.static_libs)
spec.main()
"""
"""Done at install: a LocalStack that finds no index makes it at its first call, and keeps 350 MB and 5 s for that."""

LOCALSTACK = VirtualEnvironment(
    "LocalStack",
    LOCAL / "localstack-venv",
    HERE / "requirements-localstack.txt",
    "320 MB, half a minute",
    INDEX_THE_AWS_APIS,
)
FUNCTIONS = VirtualEnvironment(
    "the functions' runtime", LOCAL / "lambda-venv", HERE / "requirements-lambda.txt", "a few seconds"
)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def ensure_installed(say: Say = _say) -> None:
    """Install both, unless exactly what is locked is there already; waits for another process that does the same."""
    if sys.version_info[:2] != (3, 13):
        raise PlatformError(f"LocalStack needs Python 3.13, this is {sys.version_info[0]}.{sys.version_info[1]}.")
    with _one_at_a_time():
        for environment in (FUNCTIONS, LOCALSTACK):
            environment.ensure_installed(say)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
