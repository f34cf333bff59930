"""Installing: once at a time, and with no file outside the project's own folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from infra.installing import installing
from infra.paths import ROOT

INSTALL = """
import os, sys, time
from pathlib import Path
from infra.installing import installing
with installing(Path(sys.argv[1])) as environment:
    Path(environment["TMPDIR"], "left").touch()
    print("installing", flush=True)
    sys.stdin.read()
print("installed", flush=True)
"""


def install(directory: Path) -> "subprocess.Popen[str]":
    """Start an installation that lasts until its input ends."""
    command = [sys.executable, "-c", INSTALL, directory]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def first_line(process: "subprocess.Popen[str]") -> str:
    """Return what it says next."""
    assert process.stdout
    return process.stdout.readline()


def test_a_second_installation_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    first = install(tmp_path / "here")
    assert first_line(first) == "installing\n"
    second = install(tmp_path / "here")
    assert second.stderr
    assert second.stderr.readline() == ("Another command is installing into here; waiting until it has finished …\n")
    assert first.communicate()[0] == "installed\n"
    assert second.communicate()[0] == "installing\ninstalled\n"


def test_another_directory_is_not_waited_for(tmp_path: Path) -> None:
    first = install(tmp_path / "here")
    assert first_line(first) == "installing\n"
    assert install(tmp_path / "there").communicate()[0] == "installing\ninstalled\n"
    first.communicate()


@pytest.mark.parametrize("variable", ["TMPDIR", "npm_config_cache", "UV_CACHE_DIR"])
def test_temporary_files_and_caches_are_beside_the_directory_and_go(tmp_path: Path, variable: str) -> None:
    with installing(tmp_path / "here") as environment:
        place = Path(environment[variable])
        assert place.is_relative_to(tmp_path)
        place.mkdir(exist_ok=True)
        (place / "download").touch()
    assert not place.exists()


def test_what_an_interrupted_installation_left_goes_with_the_next(tmp_path: Path) -> None:
    interrupted = install(tmp_path / "here")
    assert first_line(interrupted) == "installing\n"
    os.kill(interrupted.pid, signal.SIGKILL)
    interrupted.communicate()
    with installing(tmp_path / "here") as environment:
        assert list(Path(environment["TMPDIR"]).iterdir()) == []
    assert not (tmp_path / "here.tmp").exists()
