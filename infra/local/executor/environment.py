"""An execution environment: one function, one invocation at a time, and a process that is replaced if it ends."""

import time
from collections.abc import Callable

from infra.local.executor import report
from infra.local.executor.messages import Answered, Event, Function, Invocation, Outcome, Ready, Stopped
from infra.local.executor.sandbox import Sandbox


class EnvironmentStopped(Exception):
    """The environment was stopped while it was starting or running an invocation."""


class Environment:
    """Starts, invokes and stops a function. `launch` returns a new process at each call."""

    def __init__(self, function: Function, launch: Callable[[], Sandbox]) -> None:
        self._function = function
        self._launch = launch
        self._sandbox: Sandbox | None = None
        self._start: Event = Ready()
        self._stopped = False

    def start(self) -> None:
        """Make the cold start. A failure is kept and reported by the first invocation."""
        _, self._start = self._launched(deadline=None)

    def invoke(self, invocation: Invocation) -> Outcome:
        """Run one invocation to its end: an answer, an error, a crash or a timeout."""
        began = time.monotonic()
        deadline = began + self._function.timeout
        sandbox, event = self._usable(deadline)
        before = sandbox.output.take()
        if isinstance(event, Ready):
            event = self._run(sandbox, invocation, deadline)
        payload, failed, remark = report.result(event, invocation, self._function)
        if remark:
            sandbox.output.note(remark)
        logs = report.log(invocation, self._function, before, sandbox.output.take(), time.monotonic() - began)
        return Outcome(payload, failed, logs)

    def stop(self) -> None:
        """End the process. A caller that waits for it gets `EnvironmentStopped`."""
        self._stopped = True
        if self._sandbox:
            self._sandbox.stop()

    def _usable(self, deadline: float) -> tuple[Sandbox, Event]:
        """Return the current process, or a new one after a crash or a timeout. A failed start is reported once."""
        start, self._start = self._start, Ready()
        if self._sandbox and (self._sandbox.alive or not isinstance(start, Ready)):
            return self._sandbox, start
        return self._launched(deadline)

    def _launched(self, deadline: float | None) -> tuple[Sandbox, Event]:
        """Return a new process and how its start went."""
        self._sandbox = sandbox = self._launch()
        if self._stopped:
            sandbox.stop()
        event = sandbox.wait_until_ready(deadline)
        if not isinstance(event, Ready):
            sandbox.kill()
        _refuse_if_stopped(event)
        return sandbox, event

    @staticmethod
    def _run(sandbox: Sandbox, invocation: Invocation, deadline: float) -> Event:
        """Run one invocation, and end the process if it did not answer or gave its last answer."""
        event = sandbox.run(invocation, deadline)
        if not isinstance(event, Answered) or event.last:
            sandbox.kill()
        _refuse_if_stopped(event)
        return event


def _refuse_if_stopped(event: Event) -> None:
    if isinstance(event, Stopped):
        raise EnvironmentStopped("The execution environment was stopped.")
