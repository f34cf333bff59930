"""Functions that crash or take too long: the caller is told, nothing is left, the next invocation works."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.executor.conftest import Deploy, Meeting, ended


def test_exit_in_the_handler_is_an_exit_error(deploy: Deploy) -> None:
    reply = deploy().invoke("leave", status=3)
    assert reply.error == "Unhandled"
    assert reply.payload["errorType"] == "Runtime.ExitError"
    assert reply.payload["errorMessage"].endswith("Error: Runtime exited with error: exit status 3")
    assert "leaving" in reply.log


@pytest.mark.parametrize("name", ["SIGKILL", "SIGSEGV", "SIGTERM"])
def test_death_by_signal_is_an_exit_error_naming_the_signal(deploy: Deploy, name: str) -> None:
    reply = deploy().invoke("kill", signal=signal.Signals[name])
    assert reply.payload["errorType"] == "Runtime.ExitError"
    assert reply.payload["errorMessage"].endswith(f"signal: {name}")


def test_invocation_after_a_crash_gets_a_new_process(deploy: Deploy) -> None:
    function = deploy()
    before = function.invoke().payload
    function.invoke("leave", status=1)
    after = function.invoke()
    assert after.error is None
    assert after.payload["pid"] != before["pid"]
    assert after.payload["invocations"] == 1
    assert after.log.startswith("loaded\nSTART ")


def test_crash_takes_the_processes_it_started_along(deploy: Deploy, meeting: Meeting) -> None:
    function = deploy()
    with ThreadPoolExecutor() as pool:
        reply = pool.submit(function.invoke, "meet_with_child", port=meeting.port, status=1)
        processes = meeting.arrivals(1)
        meeting.let_go()
        assert reply.result().payload["errorType"] == "Runtime.ExitError"
    assert ended(processes)


def test_timeout_is_told_and_ends_the_process(deploy: Deploy, meeting: Meeting) -> None:
    function = deploy(timeout=1)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(function.invoke, "meet_with_child", port=meeting.port)
        processes = meeting.arrivals(1)
        reply = waiting.result()
    assert reply.error == "Unhandled"
    assert reply.payload["errorType"] == "Sandbox.Timedout"
    assert reply.payload["errorMessage"].endswith("Task timed out after 1.00 seconds")
    assert "Task timed out after 1.00 seconds" in reply.log
    assert ended(processes)


def test_invocation_after_a_timeout_gets_a_new_process(deploy: Deploy, meeting: Meeting) -> None:
    function = deploy(timeout=1)
    before = function.invoke().payload
    assert function.invoke("meet", port=meeting.port).payload["errorType"] == "Sandbox.Timedout"
    after = function.invoke()
    assert after.error is None
    assert after.payload["pid"] != before["pid"]
