"""What the user is told when something is in the way: one sentence, never a traceback."""

import errno
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from infra import programs
from infra.problems import MAKE_ROOM, PlatformError, main_program


def fail(error: BaseException) -> Callable[[], None]:
    """A command that fails so."""

    def command() -> None:
        raise error

    return command


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Runs a program that prints something and fails; gives what the user is told."""
    monkeypatch.setenv("RUN_DIRECTORY", str(tmp_path))

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
    assert capsys.readouterr().err == f"/a/file can't be used: the disk is full. {MAKE_ROOM}\n"


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "permission denied"),
        (errno.EPERM, "permission denied"),
        (errno.EEXIST, "a file is where a directory should be"),
        (errno.ENOTDIR, "a file is where a directory should be"),
    ],
)
def test_a_directory_that_cannot_be_written_is_named(
    capsys: pytest.CaptureFixture[str], number: int, cause: str
) -> None:
    assert main_program(fail(OSError(number, "…", "/a/directory"))) == 1
    sentence = capsys.readouterr().err
    assert sentence.startswith(f"/a/directory can't be used: {cause}")
    assert "RUN_DIRECTORY" in sentence


def test_other_faults_are_not_hidden() -> None:
    with pytest.raises(PermissionError):
        main_program(fail(PermissionError()))


def test_a_program_s_full_disk_is_named(failing: Callable[[str], str]) -> None:
    sentence = failing("OSError: [Errno 28] No space left on device")
    assert sentence == f"The disk is full: doing something was not possible. {MAKE_ROOM}"


def test_the_line_that_matters_is_found_and_the_rest_kept(failing: Callable[[str], str], tmp_path: Path) -> None:
    sentence = failing("Working\nTraceback:\n  File x\nValueError: the queue is\n gone")
    assert "Failed while doing something: ValueError: the queue is gone" in sentence
    assert "Traceback" in (tmp_path / "logs" / "doing-something.log").read_text()


def test_the_cause_of_an_npm_failure_is_named(failing: Callable[[str], str]) -> None:
    sentence = failing(
        "npm error code EACCES\nnpm error [Error: EACCES: permission denied, rmdir '/a']\n"
        "npm error If you believe this might be a permissions issue\nnpm notice New version of npm available"
    )
    assert "while doing something: npm error [Error: EACCES: permission denied, rmdir '/a']" in sentence
    assert "notice" not in sentence


def test_a_deployment_that_failed_is_said_by_its_cause(failing: Callable[[str], str]) -> None:
    sentence = failing(
        "Traceback:\n  File x\nFailed: ERROR - While deploying your chalice application, received the following "
        "error:\n\n An error occurred (ResourceConflict): the function is being updated"
    )
    assert "while doing something: An error occurred (ResourceConflict): the function is" in sentence


@pytest.mark.parametrize(
    "output",
    ["ERROR: No matching distribution found for pydantic==2", "npm error code ENOTFOUND\nnpm error network request"],
)
def test_a_registry_out_of_reach_is_named(failing: Callable[[str], str], output: str) -> None:
    assert "the package registry did not answer" in failing(output)
