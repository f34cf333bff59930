"""A program that runs shortly longer than LocalStack, to end the functions that are still running.

Its stdin is a pipe that LocalStack holds open. Through it come lines: `+123` when process group 123 starts, `-123` when
it has ended. The pipe closes when LocalStack is gone, however it went: then whatever group is left is killed.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable

SECONDS_TO_END = 5


def left_running(lines: Iterable[bytes]) -> set[int]:
    """Return the process groups that have started and not ended."""
    groups: set[int] = set()
    for line in lines:
        change = groups.add if line.startswith(b"+") else groups.discard
        change(int(line[1:]))
    return groups


def send(group: int, request: int) -> bool:
    """Send a signal (0: none) to a process group; return whether the group still exists."""
    try:
        os.killpg(group, request)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def end(groups: set[int]) -> None:
    """Kill the groups, and return when they have ended."""
    alive = {group for group in groups if send(group, signal.SIGKILL)}
    deadline = time.monotonic() + SECONDS_TO_END
    while alive and time.monotonic() < deadline:
        time.sleep(0.01)
        alive = {group for group in alive if send(group, 0)}


if __name__ == "__main__":
    end(left_running(sys.stdin.buffer))
