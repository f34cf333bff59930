"""The Makefile: it explains itself, and finds Python or says that there is none."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from infra.paths import ROOT

FIND_PYTHON = ROOT / "infra" / "find_python.sh"
BASE_PYTHON = Path(sys.executable).resolve()


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder for programs that is the whole PATH, on a machine with nothing but a shell."""
    programs = tmp_path / "bin"
    programs.mkdir()
    return programs


def program(path: Path, script: str) -> None:
    """Write a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def find_python(bare: Path) -> subprocess.CompletedProcess[str]:
    """Look for Python there."""
    environment = {"PATH": str(bare), "HOME": str(bare.parent)}
    return subprocess.run(["/bin/sh", FIND_PYTHON], env=environment, capture_output=True, text=True, check=False)


def test_help_lists_every_target_with_a_sentence() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    declared = " ".join(re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)).split()
    assert targets == set(declared)
    command = ["/usr/bin/env", "make", "help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert targets <= set(re.findall(r"^  ([a-z-]+) ", shown.stdout, re.MULTILINE))


STEPS = {
    "lint": (
        "ruff format --check",
        "ruff check",
        "mypy",
        "lint-imports",
        "python -m infra.aws.lint",
        "python -m infra.shop lint",
    ),
    "test": ("python -m infra.local prepare-tests", "python -m infra.shop test", "python -m pytest"),
    "test-python": ("python -m infra.local prepare-tests", "python -m pytest"),
}


def make(directory: Path, target: str, failing: str = "") -> subprocess.CompletedProcess[str]:
    """Run a target as `.ci/run` does, with programs that print their command; the command that begins so fails."""
    (directory / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    (directory / "requirements-dev.txt").touch()
    for name in ("ruff", "mypy", "lint-imports", "python"):
        printing = f'echo "{name} $*"; case "{name} $*" in "{failing or "nothing"}"*) exit 1; esac'
        program(directory / ".venv" / "bin" / name, printing)
    (directory / ".venv" / "installed").touch()
    command = ["/usr/bin/env", "make", "--jobs=3", "--output-sync", target]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("target", "step"), [(target, step) for target, steps in STEPS.items() for step in steps])
def test_a_target_fails_with_each_of_its_steps(tmp_path: Path, target: str, step: str) -> None:
    assert make(tmp_path, target, failing=step).returncode != 0


@pytest.mark.parametrize("target", ["test", "test-python"])
def test_what_the_tests_say_comes_last(tmp_path: Path, target: str) -> None:
    done = make(tmp_path, target)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("python -m pytest ")


@pytest.mark.parametrize("target", ["test", "test-python"])
def test_before_the_tests_what_they_import_is_compiled_and_that_is_noted(tmp_path: Path, target: str) -> None:
    assert "pytest --collect-only" in make(tmp_path, target).stdout
    assert (tmp_path / ".venv" / "tests-compiled").exists()


@pytest.mark.parametrize("name", ["python3.13", "python3", "python"])
def test_python_is_found_on_the_path(bare: Path, name: str) -> None:
    (bare / name).symlink_to(BASE_PYTHON)
    assert find_python(bare).returncode == 0


def test_a_python_that_does_not_start_or_is_of_another_version_is_passed_over(bare: Path) -> None:
    program(bare / "python3.13", "echo 'no such version' >&2; exit 127")  # as pyenv's do where none is chosen
    program(bare / "python3", "exit 1")
    program(bare.parent / ".pyenv" / "versions" / "3.13.0" / "bin" / "python", f'exec "{BASE_PYTHON}" "$@"')
    found = find_python(bare)
    assert found.returncode == 0
    assert os.access(found.stdout.strip(), os.X_OK)


def test_python_is_found_through_uv(bare: Path) -> None:
    program(bare / "uv", f'[ "$*" = "python find 3.13" ] && echo "{BASE_PYTHON}"')
    assert find_python(bare).returncode == 0


def test_without_python_one_sentence_says_what_to_install(bare: Path) -> None:
    found = find_python(bare)
    assert found.returncode == 1
    assert found.stdout == ""
    assert found.stderr.startswith("Python 3.13 with venv was not found: install it")
    assert found.stderr.count("\n") == 1
