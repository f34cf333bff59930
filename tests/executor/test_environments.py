"""How many environments there are, and that none outlives its reason to be."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from infra.local.executor.run_lock import RunLock
from infra.local.localstack import LocalStack, running, stop
from tests.executor.conftest import Deploy, Deployed, Meeting, alive, deployed, ended, lambda_client

TOGETHER = 8


def test_invocations_at_the_same_time_get_an_environment_each(deploy: Deploy, meeting: Meeting) -> None:
    function = deploy()
    with ThreadPoolExecutor(TOGETHER) as pool:
        replies = [pool.submit(function.invoke, "meet", port=meeting.port) for _ in range(TOGETHER)]
        processes = meeting.arrivals(TOGETHER)
        meeting.let_go()
        assert {reply.result().payload for reply in replies} == {process.pid for process in processes}
    assert len({process.pid for process in processes}) == TOGETHER


def test_changed_function_gets_new_environments_and_the_old_ones_end(deploy: Deploy) -> None:
    function, other = deploy(), deploy()
    old, untouched = process_of(function), process_of(other)
    function.client.update_function_configuration(FunctionName=function.name, Timeout=21)
    function.client.get_waiter("function_updated_v2").wait(FunctionName=function.name)
    assert process_of(function) != old
    assert ended([old])
    assert alive([untouched])


def test_deleting_a_function_ends_its_environments(client: Any) -> None:
    function = deployed(client)
    process = process_of(function)
    function.delete()
    assert ended([process])


def process_of(function: Deployed) -> psutil.Process:
    """The process of the function's only environment."""
    return psutil.Process(function.invoke().payload["pid"])


def at_work(url: str, pid: int | None, meeting: Meeting, pool: ThreadPoolExecutor) -> list[psutil.Process]:
    """One function idle, one in the middle of its work with a child; every process there is because of LocalStack."""
    client = lambda_client(url)
    function = deployed(client, timeout=120)
    pool.submit(function.invoke, "meet_with_child", port=meeting.port)
    working = meeting.arrivals(1)
    idle = psutil.Process(function.invoke().payload["pid"])
    root = psutil.Process(pid)
    return [*{root, idle, *working, *root.children(recursive=True)}]


def test_it_answers_as_long_as_the_block_runs_and_leaves_no_process(tmp_path: Path, meeting: Meeting) -> None:
    with ThreadPoolExecutor() as pool, running(tmp_path / "run") as url:
        assert httpx.get(f"{url}/_localstack/health").json()["version"] == "4.14.0"
        processes = at_work(url, RunLock(tmp_path / "run").holder, meeting, pool)
    assert len(processes) >= 5  # LocalStack, its guard, two functions, a child
    assert not alive(processes)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/_localstack/health")


def test_kill_9_of_localstack_leaves_no_process(own_localstack: LocalStack, meeting: Meeting) -> None:
    with ThreadPoolExecutor() as pool:
        processes = at_work(own_localstack.url, own_localstack.pid, meeting, pool)
        os.killpg(own_localstack.pid, signal.SIGKILL)
        own_localstack.stop()
    assert len(processes) >= 5
    assert not alive(processes)


def test_stop_by_directory_ends_what_another_program_started(own_localstack: LocalStack, meeting: Meeting) -> None:
    with ThreadPoolExecutor() as pool:
        processes = at_work(own_localstack.url, own_localstack.pid, meeting, pool)
        stop(own_localstack.run_directory)
    assert ended([process for process in processes if process.pid != own_localstack.pid])
