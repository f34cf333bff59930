"""Chromium for the tests in a browser: the machine's own, or else the one of the npm package @sparticuz/chromium."""

import base64
import hashlib
import platform
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from infra import node
from infra.installing import installing
from infra.paths import LOCAL
from infra.problems import PlatformError
from infra.programs import run
from infra.virtual_environment import Say

PROGRAMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
APPLICATIONS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
OF_PLAYWRIGHT = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")

PACKAGE = "@sparticuz/chromium"
VERSION = "153.0.0"
INTEGRITY = "sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
DIRECTORY = LOCAL / "chromium"
DECOMPRESS = """
const {createReadStream, createWriteStream} = require("fs");
const {createBrotliDecompress} = require("zlib");
require("stream").pipeline(
  createReadStream(process.argv[1]), createBrotliDecompress(), createWriteStream(process.argv[2]),
  (error) => { if (error) throw error; });
"""
START = """\
#!/bin/sh
# Chromium with the libraries of its package; with the package's font where the machine has none.
here=$(dirname "$0")
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="$here"
LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "$here/chromium" "$@"
"""
ADVICE = "The tests in a browser need Chromium or Chrome: install one, for example with `apt install chromium`."


def ensure(variables: Mapping[str, str], say: Say) -> Path:
    """Return a Chromium that starts, installed first if the machine has none. Raise PlatformError if that fails."""
    for candidate in _of_the_machine(variables):
        if _starts(candidate):
            return candidate
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise PlatformError(ADVICE)
    program = DIRECTORY / VERSION / "start"
    if not program.exists():
        _install(program.parent, variables, say)
    if not _starts(program):
        raise PlatformError(f"The Chromium of the package {PACKAGE} does not start here. {ADVICE}")
    return program


def _of_the_machine(variables: Mapping[str, str]) -> Iterator[Path]:
    """Yield what may be a Chromium: on the PATH, among the applications of macOS, or Playwright's own."""
    home = Path(variables.get("HOME", "/"))
    for name in PROGRAMS:
        if found := shutil.which(name, path=variables.get("PATH", "")):
            yield Path(found)
    for folder in (Path("/Applications"), home / "Applications"):
        yield from (folder / application for application in APPLICATIONS)
    chosen = variables.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = [Path(chosen)] if chosen else [home / ".cache/ms-playwright", home / "Library/Caches/ms-playwright"]
    for folder in folders:
        for pattern in OF_PLAYWRIGHT:
            yield from sorted(folder.glob(pattern), reverse=True)


def _starts(program: Path) -> bool:
    """A file of that name may be a stub that only asks for an installation."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=30, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _install(directory: Path, variables: Mapping[str, str], say: Say) -> None:
    """Install the package, unless the command that was waited for has done it."""
    found = node.ensure(variables.get("PATH", ""), say)
    with installing(DIRECTORY) as own:
        if directory.exists():
            return
        say(f"Installing Chromium into {DIRECTORY.name} (210 MB, once, half a minute) …")
        shutil.rmtree(DIRECTORY, ignore_errors=True)
        packed = Path(own["TMPDIR"])
        _fetch(packed, found, {**variables, **own})
        _unpack(packed, packed / VERSION)
        DIRECTORY.mkdir()
        (packed / VERSION).rename(directory)


def _fetch(packed: Path, found: node.Node, variables: Mapping[str, str]) -> None:
    """Fetch the package into `packed` and decompress its files."""
    command = found.npm("pack", f"{PACKAGE}@{VERSION}", "--pack-destination", packed, "--silent")
    try:
        run(command, name="fetching Chromium", environment=found.environment(variables), directory=packed)
    except PlatformError as error:
        raise PlatformError(f"{ADVICE} {error}") from error
    (archive,) = packed.glob("*.tgz")
    if _integrity(archive) != INTEGRITY:
        raise PlatformError(f"The package {PACKAGE} {VERSION} from the registry is not the one that is expected.")
    with tarfile.open(archive) as package:
        package.extractall(packed, filter="data")
    for file in (packed / "package" / "bin").glob("*.br"):
        run([found.program, "-e", DECOMPRESS, file, packed / file.stem], name=f"decompressing {file.stem}")


def _unpack(packed: Path, directory: Path) -> None:
    """Put together the program, its libraries and its font."""
    directory.mkdir()
    shutil.move(packed / "chromium", directory / "chromium")
    for name in ("al2023", "fonts", "swiftshader"):
        with tarfile.open(packed / f"{name}.tar") as archive:
            archive.extractall(directory, filter="data")
    (directory / "start").write_text(START)
    for program in ("chromium", "start"):
        (directory / program).chmod(0o755)


def _integrity(file: Path) -> str:
    """Return the hash of a file as npm writes it."""
    return f"sha512-{base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()}"
