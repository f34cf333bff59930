"""What the user is told when something is in the way: one sentence, never a traceback."""

import errno
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from infra import programs
from infra.problems import PlatformError, main_program


def fail(error: BaseException) -> Callable[[], None]:
    """A command that fails so."""

    def command() -> None:
        raise error

    return command


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Runs a program that prints something and fails; gives what the user is told."""
    monkeypatch.setattr(programs, "LOCAL", tmp_path)

    def run(output: str) -> str:
        program = f"import sys; print({output!r}); sys.exit(1)"
        with pytest.raises(PlatformError) as caught:
            programs.run([sys.executable, "-c", program], name="doing something")
        return str(caught.value)

    return run


def test_a_problem_is_said_and_ends_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main_program(fail(PlatformError("Port 3000 is in use."))) == 1
    assert capsys.readouterr().err == "Port 3000 is in use.\n"


def test_a_full_disk_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main_program(fail(OSError(errno.ENOSPC, "No space left on device", "/a/file"))) == 1
    assert capsys.readouterr().err == "The disk is full: /a/file could not be written.\n"


def test_other_faults_are_not_hidden() -> None:
    with pytest.raises(PermissionError):
        main_program(fail(PermissionError()))


def test_a_program_s_full_disk_is_named(failing: Callable[[str], str]) -> None:
    sentence = failing("OSError: [Errno 28] No space left on device")
    assert sentence == "The disk is full: doing something was not possible."


def test_the_line_that_matters_is_found_and_the_rest_kept(failing: Callable[[str], str], tmp_path: Path) -> None:
    sentence = failing("Working\nTraceback:\n  File x\nValueError: the queue is\n gone")
    assert "It failed while doing something: ValueError: the queue is gone" in sentence
    assert "Traceback" in (tmp_path / "logs" / "doing-something.log").read_text()


@pytest.mark.parametrize(
    "output",
    ["ERROR: No matching distribution found for pydantic==2", "npm error code ENOTFOUND\nnpm error network request"],
)
def test_a_registry_out_of_reach_is_named(failing: Callable[[str], str], output: str) -> None:
    assert "the package registry did not answer" in failing(output)
