"""An execution environment: one function, one invocation at a time, a process that is replaced when it is lost."""

import time
from collections.abc import Callable

from infra.local.executor import report
from infra.local.executor.messages import Answered, Event, Function, Invocation, Outcome, Ready, Stopped
from infra.local.executor.sandbox import Sandbox


class EnvironmentStopped(Exception):
    """The environment was stopped while it was starting or at work."""


class Environment:
    """Starts, invokes and stops; `launch` gives a new process each time it is called."""

    def __init__(self, function: Function, launch: Callable[[], Sandbox]) -> None:
        self._function = function
        self._launch = launch
        self._sandbox: Sandbox | None = None
        self._start: Event = Ready()
        self._stopped = False

    def start(self) -> None:
        """Cold start. A failure is kept for the first invocation, so that its caller and its log are told."""
        _, self._start = self._launched(deadline=None)

    def invoke(self, invocation: Invocation) -> Outcome:
        """Run one invocation to its end, whatever that is."""
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
        """End the process; whoever waits for it gets `EnvironmentStopped`."""
        self._stopped = True
        if self._sandbox:
            self._sandbox.stop()

    def _usable(self, deadline: float) -> tuple[Sandbox, Event]:
        """The process at hand; after a crash or a timeout a new one, as in AWS. A failed start is told once."""
        start, self._start = self._start, Ready()
        if self._sandbox and (self._sandbox.alive or not isinstance(start, Ready)):
            return self._sandbox, start
        return self._launched(deadline)

    def _launched(self, deadline: float | None) -> tuple[Sandbox, Event]:
        """A new process, and whether it came up."""
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
        """Run one invocation; a process that did not answer, or not as it should, is ended."""
        event = sandbox.run(invocation, deadline)
        if not isinstance(event, Answered) or event.last:
            sandbox.kill()
        _refuse_if_stopped(event)
        return event


def _refuse_if_stopped(event: Event) -> None:
    if isinstance(event, Stopped):
        raise EnvironmentStopped("The execution environment was stopped.")
