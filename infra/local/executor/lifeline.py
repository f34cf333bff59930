"""Starting processes that end when LocalStack ends, even by kill -9.

Each process tells the guard its group before it becomes the function, so the guard knows every function.
Works wherever there is a shell; needs neither Linux's parent-death signal (which fires when the starting thread ends)
nor control groups.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from infra.local.executor import guard

REGISTER = 'echo "+$$" >&0; exec "$@" </dev/null'
"""Shell: stdin is the pipe to the guard; say which group starts, then become the command, without the pipe."""


class Lifeline:
    """The pipe to a guard."""

    def __init__(self, pipe: int, guard_process: subprocess.Popen[bytes] | None = None) -> None:
        self._pipe = pipe
        self._guard = guard_process

    @classmethod
    def with_guard(cls, keep_open: Sequence[int] = ()) -> Self:
        """Start a guard; it holds the given file descriptors, a lock for example, until everything is gone."""
        read_end, write_end = os.pipe()
        program = [sys.executable, "-I", "-S", guard.__file__]
        process = subprocess.Popen(  # noqa: S603 - our own program
            program, stdin=read_end, pass_fds=keep_open, start_new_session=True, cwd="/", env={}
        )
        os.close(read_end)
        return cls(write_end, process)

    def cut(self) -> None:
        """End all processes that were started, and return when they have ended."""
        os.close(self._pipe)
        if self._guard:
            self._guard.wait()

    def start(
        self, command: Sequence[str], environment: Mapping[str, str], directory: Path, output: int
    ) -> subprocess.Popen[bytes]:
        """Start a command in a process group of its own."""
        return subprocess.Popen(  # noqa: S603 - running functions is what this is for
            ["/bin/sh", "-c", REGISTER, "sh", *command],
            stdin=self._pipe,
            stdout=output,
            stderr=output,
            cwd=directory,
            env=dict(environment),
            start_new_session=True,
        )

    def wait(self, process: subprocess.Popen[bytes]) -> int:
        """Wait for the end of a process, end what it started, and return its exit status (negative: the signal).

        The process is not reaped before its group is dead and the guard knows, so its number cannot mean another one.
        """
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        guard.send(process.pid, signal.SIGKILL)
        os.write(self._pipe, b"-%d\n" % process.pid)
        return process.wait()
