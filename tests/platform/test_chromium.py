"""Chromium for the tests in a browser: the machine's own, or the one of a package."""

import io
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.local import chromium
from infra.node import Node
from infra.problems import PlatformError

Machine = dict[str, str]
PLAYWRIGHTS = (
    ".cache/ms-playwright/chromium-1194/chrome-linux/chrome",
    "Library/Caches/ms-playwright/chromium-1194/chrome-mac/Chromium.app/Contents/MacOS/Chromium",
)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Give the variables of a machine without a browser, on which nothing is installed."""
    monkeypatch.setattr(chromium, "LOCAL", tmp_path / "local")
    monkeypatch.setattr(chromium, "DIRECTORY", tmp_path / "local" / "chromium")
    monkeypatch.setattr(chromium, "APPLICATIONS", ())
    return {"HOME": str(tmp_path), "PATH": str(tmp_path / "bin")}


def program(path: Path, status: int = 0) -> Path:
    """Write a program that ends with this status."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {status}\n")
    path.chmod(0o755)
    return path


def no_install(_: str) -> None:
    """Fail: nothing should be installed."""
    pytest.fail("It installs Chromium.")


@pytest.mark.parametrize("name", chromium.PROGRAMS)
def test_a_browser_on_the_path_is_used(machine: Machine, name: str) -> None:
    there = program(Path(machine["PATH"], name))
    assert chromium.ensure(machine, no_install) == there


@pytest.mark.parametrize("where", PLAYWRIGHTS)
def test_playwright_s_own_browser_is_used(machine: Machine, where: str) -> None:
    there = program(Path(machine["HOME"], where))
    assert chromium.ensure(machine, no_install) == there


def test_playwright_s_browsers_may_be_elsewhere(machine: Machine, tmp_path: Path) -> None:
    there = program(tmp_path / "elsewhere" / "chromium-1" / "chrome-linux" / "chrome")
    assert chromium.ensure({**machine, "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "elsewhere")}, no_install) == there


def test_a_program_that_does_not_start_is_passed_over(machine: Machine) -> None:
    program(Path(machine["PATH"], "chromium"), status=1)
    there = program(Path(machine["PATH"], "google-chrome"))
    assert chromium.ensure(machine, no_install) == there


def test_where_the_package_has_none_one_sentence_says_what_to_install(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    with pytest.raises(PlatformError, match="need Chromium or Chrome: install one"):
        chromium.ensure(machine, no_install)


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let npm run this Python code instead of asking its registry."""
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr("platform.machine", lambda: "x86_64")

    def answer(code: str) -> None:
        script = tmp_path / "npm.py"
        script.write_text(code)
        node = Node(Path(sys.executable), (Path(sys.executable), script))
        monkeypatch.setattr("infra.node.ensure", lambda *_: node)

    return answer


def test_another_archive_than_the_pinned_one_is_refused(
    machine: Machine, registry: Callable[[str], None], tmp_path: Path
) -> None:
    archive = tmp_path / "other.tgz"
    with tarfile.open(archive, "w:gz") as package:
        package.addfile(tarfile.TarInfo("package/bin/chromium.br"), io.BytesIO())
    registry(f"import shutil; shutil.copy({str(archive)!r}, 'other.tgz')")
    with pytest.raises(PlatformError, match="is not the one that is expected"):
        chromium.ensure(machine, lambda _: None)


def test_a_registry_that_does_not_answer_leaves_the_advice(machine: Machine, registry: Callable[[str], None]) -> None:
    registry("import sys; sys.exit('npm error code ENOTFOUND')")
    with pytest.raises(PlatformError) as caught:
        chromium.ensure(machine, lambda _: None)
    assert str(caught.value).startswith(chromium.ADVICE)
    assert "the package registry did not answer" in str(caught.value)
