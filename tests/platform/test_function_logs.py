"""Following the functions' logs."""

import io
import json
from pathlib import Path

import pytest

from infra.local.function_logs import FunctionLogs, follow
from infra.log_lines import readable
from infra.problems import PlatformError
from infra.terminal import Terminal

RESERVED = {
    "level": "INFO",
    "location": "reserve:12",
    "message": "reserved",
    "timestamp": "2026-01-01T12:00:00.000+00:00",
    "service": "flash-sale",
    "request_id": "r",
    "reservation_id": "abc",
    "quantity": 2,
}


@pytest.fixture
def plain() -> Terminal:
    """No terminal, so no colours."""
    return Terminal(io.StringIO())


def test_an_event_is_one_line_with_function_level_and_what_it_is_about(plain: Terminal) -> None:
    line = readable(plain, "api", json.dumps(RESERVED))
    assert line.split()[1:] == ["api", "INFO", "reserved", "reservation_id=abc", "quantity=2"]


def test_metrics_are_shown_by_name_and_value(plain: Terminal) -> None:
    names = [{"Name": "Expired", "Unit": "Count"}, {"Name": "ExpiryDelaySeconds", "Unit": "Seconds"}]
    directive = {"Timestamp": 1_767_268_800_000, "CloudWatchMetrics": [{"Dimensions": [["by"]], "Metrics": names}]}
    event = {
        "_aws": directive,
        "service": "flash-sale",
        "by": "sweep",
        "Expired": [3.0],
        "ExpiryDelaySeconds": [2, 9.5],
    }
    line = readable(plain, "sweep", json.dumps(event))
    assert line[8:].split(maxsplit=2) == [
        "sweep",
        "METRICS",
        "Expired=3 ExpiryDelaySeconds=2 values from 2 to 9.5  by=sweep",
    ]


def test_a_traceback_follows_its_line(plain: Terminal) -> None:
    event = {**RESERVED, "level": "ERROR", "exception": "Traceback\nValueError: no"}
    lines = readable(plain, "api", json.dumps(event)).splitlines()
    assert [line.strip() for line in lines[1:]] == ["Traceback", "ValueError: no"]


@pytest.mark.parametrize("line", ["plain text", "[1, 2]", "{}", '{"timestamp": 3}', "null"])
def test_whatever_else_a_function_prints_is_shown_as_it_is(plain: Terminal, line: str) -> None:
    assert readable(plain, "sweep", line).endswith(line)


def test_each_line_is_given_out_once_and_only_when_it_is_whole(tmp_path: Path) -> None:
    log = tmp_path / "flash-sale-local-expire.log"
    logs = FunctionLogs(tmp_path)
    log.write_text("one\ntw")
    assert list(logs.new_lines()) == [("expire", "one")]
    log.write_text("one\ntwo\n")
    assert list(logs.new_lines()) == [("expire", "two")]
    assert list(logs.new_lines()) == []


def test_the_api_s_function_is_called_api(tmp_path: Path) -> None:
    (tmp_path / "flash-sale-local.log").write_text("hello\n")
    assert list(FunctionLogs(tmp_path).new_lines()) == [("api", "hello")]


def test_after_a_crash_the_logs_of_the_last_run_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RUN_DIRECTORY", str(tmp_path))
    logs = tmp_path / "localstack" / "functions" / "logs"
    logs.mkdir(parents=True)
    (logs / "flash-sale-local.log").write_text("last words\n")
    follow()
    shown = capsys.readouterr().out
    assert "last words" in shown
    assert "nothing is running now" in shown
    assert str(tmp_path / "localstack" / "localstack.log") in shown


def test_where_nothing_has_run_there_are_no_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUN_DIRECTORY", str(tmp_path))
    with pytest.raises(PlatformError, match="There are no logs"):
        follow()
