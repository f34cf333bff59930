"""How other commands know whether a run is under way, also while one is killed and the next one starts."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local import run_state
from infra.local.run_state import RunState
from infra.problems import PlatformError


@pytest.fixture
def after_a_killed_run(tmp_path: Path) -> Path:
    """Leave what a run leaves that was killed; its directory."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    (tmp_path / run_state.LOCK).write_text(str(process.pid))
    run_state.publish(tmp_path, RunState(process.pid, "", "", "", "", "", {}))
    return tmp_path


def test_what_needs_a_run_says_so(tmp_path: Path) -> None:
    with pytest.raises(PlatformError, match="Nothing is running here: start `make run` in another terminal first."):
        run_state.required(tmp_path)


def test_the_addresses_of_a_run_that_was_killed_are_not_believed(after_a_killed_run: Path) -> None:
    assert run_state.current(after_a_killed_run) is None


def test_nor_are_they_while_the_next_run_takes_its_place(after_a_killed_run: Path) -> None:
    with (after_a_killed_run / run_state.LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run_state.current(after_a_killed_run) is None


def test_a_run_starts_although_another_command_looks_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / run_state.LOCK).touch()
    with (tmp_path / run_state.LOCK).open() as look:
        fcntl.flock(look, fcntl.LOCK_SH)
        monkeypatch.setattr(run_state, "SECONDS_OF_A_LOOK", 20)
        monkeypatch.setattr(run_state.time, "sleep", lambda _: look.close())
        with run_state.only_run(tmp_path):
            assert run_state.runner(tmp_path) == os.getpid()
