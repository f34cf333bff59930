"""The shop's packages, its build, and the scripts of its package.json: `python -m infra.shop lint`."""

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from infra import environment, node
from infra.installing import installing
from infra.node import Node
from infra.paths import FRONTEND, LOCAL
from infra.problems import PlatformError, main_program
from infra.programs import run

BUILT = FRONTEND / "dist"
MARK = LOCAL / "shop.sha256"
NOT_SOURCES = {"node_modules", "dist", "coverage", ".vite"}


def install(node: Node, system: Mapping[str, str], folder: Path = FRONTEND) -> None:
    """Install what the lock file of a folder names, unless it is there."""
    if _is_installed(folder):
        return
    with installing(LOCAL / folder.name) as own:
        if not _is_installed(folder):  # else by the command that was waited for
            arguments = node.npm("ci", "--no-audit", "--no-fund")
            environment = node.environment({**system, **own})
            run(arguments, name=f"installing the packages of {folder.name}", environment=environment, directory=folder)
            _record(folder).touch()


def build(node: Node, system: Mapping[str, str]) -> None:
    """Build the shop, unless it was built from exactly these sources."""
    sources = _fingerprint()
    if _is_built_from(sources):
        return
    with installing(LOCAL / "shop") as own:
        if not _is_built_from(sources):  # else by the command that was waited for
            MARK.unlink(missing_ok=True)
            environment = node.environment({**system, **own})
            run(node.npm("run", "build"), name="building the shop", environment=environment, directory=FRONTEND)
            MARK.write_text(sources)


def script() -> None:
    """Install what the shop needs, then run the script in this terminal."""
    name = sys.argv[1]
    system = environment.variables()
    found = node.ensure(system.get("PATH", ""), sys.stderr.write)
    install(found, system)
    command = found.npm("run", "--silent", name)
    done = subprocess.run(command, cwd=FRONTEND, env=found.environment(system), check=False)  # noqa: S603
    if done.returncode != 0:
        raise PlatformError(f"The shop's `{name}` failed.")


def _record(folder: Path) -> Path:
    """npm keeps a record of what it installed, written last."""
    return folder / "node_modules" / ".package-lock.json"


def _is_installed(folder: Path) -> bool:
    """A lock file newer than the record asks for more."""
    record = _record(folder)
    return record.exists() and record.stat().st_mtime >= (folder / "package-lock.json").stat().st_mtime


def _is_built_from(sources: str) -> bool:
    return (BUILT / "index.html").exists() and MARK.exists() and MARK.read_text() == sources


def _fingerprint() -> str:
    """Changes with every source of the shop."""
    digest = hashlib.sha256()
    for file in sorted(_sources(FRONTEND)):
        digest.update(str(file.relative_to(FRONTEND)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _sources(directory: Path) -> list[Path]:
    found: list[Path] = []
    for entry in directory.iterdir():
        if entry.name in NOT_SOURCES:
            continue
        found += _sources(entry) if entry.is_dir() else [entry]
    return found


if __name__ == "__main__":
    sys.exit(main_program(script))
