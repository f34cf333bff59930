"""Which stage may be rehearsed: a run of this machine, another one only if the user types its name."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.aws.asking import Asking
from infra.local.ports import free_port
from infra.local.run_state import RunState, only_run, publish
from infra.problems import PlatformError
from infra.rehearse.__main__ import main
from infra.rehearse.target import refuse_faults, target

KEYS = f"test:{'-' * 32}"
REMOTE = "https://shop.example.com/api"


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Set what a rehearsal reads from the environment."""
    monkeypatch.setenv("RUN_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("ADMIN_TOKEN", "token")
    return monkeypatch


def test_another_machine_is_loaded_only_if_its_name_is_typed(stage: pytest.MonkeyPatch) -> None:
    stage.setenv("API_URL", REMOTE)
    for answer in ("", "y", "yes", "example.com"):
        with pytest.raises(PlatformError, match="Nothing was changed"):
            target(10, Asking(yes=True, read=lambda _, answer=answer: answer))
    assert target(10, Asking(yes=False, read=lambda _: "shop.example.com")).shop_url == REMOTE


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_is_loaded_without_a_question(stage: pytest.MonkeyPatch, host: str) -> None:
    stage.setenv("API_URL", f"http://{host}:3000/api")
    assert target(10, Asking(yes=False, read=_nobody)).state is None


def test_faults_are_made_only_in_a_run_of_this_machine(stage: pytest.MonkeyPatch) -> None:
    stage.setenv("API_URL", "http://127.0.0.1:3000/api")
    chosen = target(10, Asking(yes=False, read=_nobody))
    with pytest.raises(PlatformError, match="only on a local run"):
        refuse_faults([1.0], chosen)


def test_without_a_run_it_says_so(stage: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    stage.delenv("API_URL", raising=False)
    assert main([]) == 1
    assert capsys.readouterr().err.startswith("Nothing is running here")


@pytest.fixture
def run_with_given_parts(stage: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Be a run that was given its database and its LocalStack, and whose API nobody can reach."""
    stage.delenv("API_URL", raising=False)
    nobody = f"http://127.0.0.1:{free_port()}"
    state = RunState(os.getpid(), nobody, nobody, nobody, "postgresql://", "postgresql://", {"TOKEN_KEYS": KEYS})
    with only_run(tmp_path):
        publish(tmp_path, state)
        yield


@pytest.mark.usefixtures("run_with_given_parts")
@pytest.mark.parametrize(
    ("fault", "part"),
    [("--kill-functions", "LocalStack"), ("--slow-queue", "LocalStack"), ("--kill-database", "database")],
)
def test_a_fault_in_a_part_that_was_given_to_the_run_is_refused_before_anything_is_done(
    fault: str, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([fault, "1"]) == 1
    said = capsys.readouterr()
    assert f"The run did not start its {part}" in said.err
    assert said.out == ""


@pytest.mark.parametrize("wrong", [["--shoppers", "0"], ["--units", "x"], ["--kill-database", "-1"]])
def test_wrong_arguments_are_refused(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2


def _nobody(_: str) -> str:
    raise AssertionError("nobody should be asked")
