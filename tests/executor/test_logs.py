"""What functions print: in the log of the invocation and in a file for people."""

import json

from infra.local.localstack import LocalStack
from tests.executor.conftest import Deploy


def test_invocation_log_holds_what_was_printed_between_start_and_end(deploy: Deploy) -> None:
    function = deploy()
    function.invoke()
    lines = function.invoke("say", lines=["one", "zwölf"]).log.splitlines()
    assert [line.split()[0] for line in lines] == ["START", "one", "zwölf", "to", "END", "REPORT"]


def test_first_invocation_log_begins_with_what_loading_printed(deploy: Deploy) -> None:
    function = deploy()
    assert function.invoke().log.startswith("loaded\nSTART ")
    assert "loaded" not in function.invoke().log


def test_log_file_holds_lines_as_they_were_printed(deploy: Deploy, localstack: LocalStack) -> None:
    record = json.dumps({"level": "INFO", "message": "reserved", "reservation_id": "r1"})
    function = deploy()
    function.invoke("say", lines=[record])
    text = (localstack.function_logs / f"{function.name}.log").read_text()
    assert text.splitlines() == ["loaded", record, "to stderr"]


def test_log_file_says_why_a_function_was_lost(deploy: Deploy, localstack: LocalStack) -> None:
    function = deploy()
    function.invoke("leave", status=3)
    text = (localstack.function_logs / f"{function.name}.log").read_text()
    assert text.splitlines()[-2] == "leaving"
    assert text.splitlines()[-1].endswith("Runtime exited with error: exit status 3 Runtime.ExitError")
