"""Nothing started outlives its starter; without LocalStack."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from infra.local.executor import guard
from infra.local.executor.lifeline import Lifeline
from infra.local.executor.run_lock import RunLock
from tests.executor.conftest import SECONDS_TO_WAIT, ended

VARIABLES = {"PATH": os.defpath}


def test_guard_remembers_the_groups_that_did_not_end() -> None:
    assert guard.left_running([b"+10\n", b"+11\n", b"-10\n", b"+12\n", b"-12\n", b"-99\n"]) == {11}


def test_guard_passes_over_groups_that_are_gone() -> None:
    with subprocess.Popen(["/bin/sh", "-c", "exit"], start_new_session=True) as process:
        process.wait()
    guard.end({process.pid})
    assert not guard.send(process.pid, 0)


def test_process_is_known_to_the_guard_before_it_becomes_the_function(tmp_path: Path) -> None:
    told, write_end = os.pipe()
    os.set_blocking(told, False)
    lifeline = Lifeline(write_end)
    process = lifeline.start(["sh", "-c", "kill -STOP $$"], VARIABLES, tmp_path, sys.stderr.fileno())
    os.waitid(os.P_PID, process.pid, os.WSTOPPED)
    guard.send(process.pid, signal.SIGKILL)
    assert os.read(told, 100).decode() == f"+{process.pid}\n"
    assert lifeline.wait(process) == -signal.SIGKILL
    assert os.read(told, 100).decode() == f"-{process.pid}\n"
    lifeline.cut()
    assert os.read(told, 100) == b""
    os.close(told)


def test_cut_lifeline_ends_a_function_and_what_it_started(tmp_path: Path) -> None:
    lifeline = Lifeline.with_guard()
    function, child = started_with_child(lifeline, tmp_path, "wait")
    with ThreadPoolExecutor() as pool:
        cut = pool.submit(lifeline.cut)
        assert function.wait(SECONDS_TO_WAIT) == -signal.SIGKILL
        cut.result()
    assert ended([child])


def test_function_that_ends_takes_what_it_started_along(tmp_path: Path) -> None:
    lifeline = Lifeline.with_guard()
    function, child = started_with_child(lifeline, tmp_path, "exit 3")
    assert lifeline.wait(function) == 3
    assert ended([child])
    lifeline.cut()


def started_with_child(
    lifeline: Lifeline, directory: Path, then: str
) -> tuple[subprocess.Popen[bytes], psutil.Process]:
    """A process with a child that would go on for ten minutes."""
    read_end, write_end = os.pipe()
    script = f"sleep 600 >/dev/null & echo $!; {then}"
    process = lifeline.start(["sh", "-c", script], VARIABLES, directory, write_end)
    os.close(write_end)
    with os.fdopen(read_end) as printed:
        return process, psutil.Process(int(printed.readline()))


def test_run_lock_is_held_until_the_last_holder_ends(tmp_path: Path) -> None:
    lock = RunLock(tmp_path)
    with lock.taken() as descriptor:
        holder = subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, pass_fds=[descriptor])
        lock.name_holder(holder.pid)
    assert lock.holder == holder.pid
    assert not lock.wait_until_free(0)
    holder.communicate()
    assert lock.wait_until_free(0)
    assert lock.holder is None


def test_run_lock_is_taken_by_one_at_a_time(tmp_path: Path) -> None:
    with RunLock(tmp_path).taken(), pytest.raises(BlockingIOError), RunLock(tmp_path).taken():
        pass


def test_run_lock_of_a_directory_never_used_is_free(tmp_path: Path) -> None:
    assert RunLock(tmp_path / "never").holder is None
