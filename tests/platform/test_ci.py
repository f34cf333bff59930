"""`.ci/run`: it fails with whatever fails in it, and ends with the output of the tests."""

import os
import subprocess
from pathlib import Path

import pytest

from infra.paths import ROOT

STEPS = (
    "make .venv/installed",
    "chromium-headless-shell --version",
    "pgbouncer --version",
    "make --jobs=6 --output-sync test-shop prepare-tests compile-tests lint",
    "make test-python",
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the script, and programs in place of those that it calls: each prints its command."""
    script = tmp_path / ".ci" / "run"
    script.parent.mkdir()
    script.write_bytes((ROOT / ".ci" / "run").read_bytes())
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("make", "chromium-headless-shell", "pgbouncer"):
        program = programs / name
        program.write_text(f'#!/bin/sh\necho "{name} $*"\n[ "{name} $*" != "$FAILING" ]\n')
        program.chmod(0o755)
    return tmp_path


def run(checkout: Path, failing: str = "") -> subprocess.CompletedProcess[str]:
    """Run the script; one of its steps fails."""
    environment = {"PATH": f"{checkout / 'bin'}:{os.environ['PATH']}", "FAILING": failing}  # noqa: TID251
    command = ["/bin/sh", checkout / ".ci" / "run"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_it_runs_every_step_and_ends_with_the_tests(checkout: Path) -> None:
    done = run(checkout)
    assert done.returncode == 0
    assert set(STEPS) <= set(done.stdout.splitlines())
    assert done.stdout.splitlines()[-1] == STEPS[-1]


@pytest.mark.parametrize("step", STEPS)
def test_it_fails_with_a_step_and_goes_no_further(checkout: Path, step: str) -> None:
    done = run(checkout, failing=step)
    assert done.returncode == 1
    assert (STEPS[-1] in done.stdout.splitlines()) == (step == STEPS[-1])
