"""Running other programs. If one fails, its error is one sentence and its whole output is in a log file."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import TypedDict

from infra import environment as environments
from infra.problems import MAKE_ROOM, PlatformError

ESSENCE_LENGTH = 300
WRAPPER = "received the following error:"
"""Chalice writes this before the cause of a deployment that failed."""
NOISE = ("complete log", "npm notice")
DISK_FULL = ("No space left on device", "ENOSPC")
NO_REGISTRY = ("No matching distribution", "ENOTFOUND", "ECONNREFUSED", "EAI_AGAIN", "ETIMEDOUT")


class RunAs(TypedDict, total=False):
    """Arguments for `subprocess` that pick the user; empty for the current user."""

    user: int
    group: int
    extra_groups: list[int]


_under_way: set[subprocess.Popen[str]] = set()


def run(
    arguments: Sequence[str | Path],
    *,
    name: str,
    environment: Mapping[str, str] | None = None,
    directory: Path | None = None,
    user: RunAs | None = None,
) -> str:
    """Return what the program printed. Raise PlatformError if it fails. `name` describes it: "installing …"."""
    process = subprocess.Popen(  # noqa: S603 - the callers name the programs, no text from outside
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=None if environment is None else dict(environment),
        cwd=directory,
        text=True,
        errors="replace",
        start_new_session=True,
        **(user or {}),
    )
    _under_way.add(process)
    try:
        output, _ = process.communicate()
    except BaseException:
        _end(process)
        raise
    finally:
        _under_way.discard(process)
    if process.returncode != 0:
        raise PlatformError(_sentence(name, output))
    return output


def in_parallel(*tasks: Callable[[], None]) -> None:
    """Run the tasks in threads until all have ended. The first failure or Ctrl-C ends the programs of all tasks."""
    with ThreadPoolExecutor(len(tasks)) as threads:
        futures = [threads.submit(task) for task in tasks]
        try:
            failed = [future for future in wait(futures, return_when=FIRST_EXCEPTION).done if future.exception()]
            for future in failed:
                future.result()
        except BaseException:
            _end_all()
            raise


def _end_all() -> None:
    """End the programs that other threads are running, and everything that those started."""
    for process in list(_under_way):
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _sentence(name: str, output: str) -> str:
    """Write the output to a log file, and return a sentence with the line that names the cause."""
    if tells_of_full_disk(output):
        return f"The disk is full: {name} was not possible. {MAKE_ROOM}"
    log = environments.run_directory() / "logs" / f"{name.replace(' ', '-')}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(output)
    registry = "the package registry did not answer: " if any(sign in output for sign in NO_REGISTRY) else ""
    return f"Failed while {name}: {registry}{_essence(output)} (everything it printed is in {log})"


def tells_of_full_disk(output: str) -> bool:
    """Return whether a program failed because the disk is full."""
    return any(sign in output for sign in DISK_FULL)


def _essence(output: str) -> str:
    """Return the last line that names an error and the lines after it, or else the last line with the word."""
    lines = [line for line in output.splitlines() if line.strip() and not any(noise in line for noise in NOISE)]
    errors = [number for number, line in enumerate(lines) if "error" in line.lower() and not line.startswith(" ")]
    named = [number for number in errors if "Error: " in lines[number]]
    start = (named or errors or [len(lines) - 1])[-1]
    text = " ".join(" ".join(lines[start:]).split()) if lines else "it printed nothing"
    return text.rpartition(WRAPPER)[2].strip()[:ESSENCE_LENGTH]
