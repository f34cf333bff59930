"""One process of a function, from start to end."""

import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from infra.local.executor import guard
from infra.local.executor.lifeline import Lifeline
from infra.local.executor.messages import Ended, Event, Invocation, Ready, Stopped, TimedOut
from infra.local.executor.output import Output
from infra.local.executor.runtime_api import RuntimeApi


class Sandbox:
    """A process with its Runtime API and its output. It is started once."""

    def __init__(
        self,
        lifeline: Lifeline,
        command: Sequence[str],
        environment: Mapping[str, str],
        directory: Path,
        log_file: Path,
    ) -> None:
        self._lifeline = lifeline
        self._work: SimpleQueue[Invocation | None] = SimpleQueue()
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._api = RuntimeApi(self._work, self._events)
        self.output = Output(log_file)
        variables = {**environment, "AWS_LAMBDA_RUNTIME_API": self._api.address}
        self._process = lifeline.start(command, variables, directory, self.output.write_end)
        self.output.follow()
        self._watcher = Thread(target=self._watch, name="function-watch", daemon=True)
        self._watcher.start()

    @property
    def alive(self) -> bool:
        """Whether the process is running."""
        return self._watcher.is_alive()

    def wait_until_ready(self, deadline: float | None) -> Event:
        """Return the result of the start, or `TimedOut` at the deadline (of `time.monotonic`)."""
        return self._next_event(deadline)

    def run(self, invocation: Invocation, deadline: float) -> Event:
        """Run one invocation; return its answer, or the event that prevents one."""
        self._work.put(invocation)
        while isinstance(event := self._next_event(deadline), Ready):
            """The process has asked for this invocation; its answer is the next event."""
        return event

    def stop(self) -> None:
        """End the process and everything it started. A waiting caller gets `Stopped`."""
        self._events.put(Stopped())
        self.kill()

    def kill(self) -> None:
        """End the process and everything it started, and return when it has ended."""
        if self.alive:
            guard.send(self._process.pid, signal.SIGKILL)
        self._watcher.join()

    def _next_event(self, deadline: float | None) -> Event:
        try:
            return self._events.get(timeout=None if deadline is None else max(0.0, deadline - time.monotonic()))
        except Empty:
            return TimedOut()

    def _watch(self) -> None:
        """Report the end of the process, whatever its cause."""
        status = self._lifeline.wait(self._process)
        self._events.put(Ended(_reason(status)))
        self._work.put(None)
        self._api.close()


def _reason(status: int) -> str:
    """Return an exit status in AWS's words."""
    return f"exit status {status}" if status >= 0 else f"signal: {signal.Signals(-status).name}"
