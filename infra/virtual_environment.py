"""A Python environment of its own, installed from locked requirements."""

import hashlib
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from infra import uv
from infra.installing import installing
from infra.programs import run

Say = Callable[[str], object]


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
        with installing(self.directory) as environment:
            if self._is_installed():  # by the command that was waited for
                return
            say(f"Installing {self.name} into {self.directory.name} ({self.size}, once) …")
            started = time.monotonic()
            self._install(environment)
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

    def _install(self, environment: Mapping[str, str]) -> None:
        """Install anew. The mark is written last, so that an interrupted installation is not taken for a whole one."""
        shutil.rmtree(self.directory, ignore_errors=True)
        doing = f"installing {self.name}"
        run([sys.executable, "-m", "venv", "--without-pip", self.directory], name=doing)
        uv.install(Path(sys.executable), self.requirements, self.python, environment, name=doing)
        if self.last_step:
            variables = {"OVERRIDE_IN_DOCKER": "0", "FILESYSTEM_ROOT": str(self.prepared)}
            run([self.python, "-c", self.last_step], name=doing, environment=variables)
        self._mark.write_text(self._wanted())
