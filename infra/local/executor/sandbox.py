"""One process of a function, from its start to its end."""

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
    """A process, the Runtime API it talks to and the output it writes. It is not started twice."""

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
        """Whether the process can take work."""
        return self._watcher.is_alive()

    def wait_until_ready(self, deadline: float | None) -> Event:
        """How the start went; `TimedOut` if it is not over at the deadline (of `time.monotonic`)."""
        return self._next_event(deadline)

    def run(self, invocation: Invocation, deadline: float) -> Event:
        """Hand over one invocation and wait until it is answered or cannot be."""
        self._work.put(invocation)
        while isinstance(event := self._next_event(deadline), Ready):
            """The process asked for this work; its answer comes next."""
        return event

    def stop(self) -> None:
        """End the process and everything it started; who waits for it is told."""
        self._events.put(Stopped())
        self.kill()

    def kill(self) -> None:
        """End the process and everything it started, and return when that has happened."""
        if self.alive:
            guard.send(self._process.pid, signal.SIGKILL)
        self._watcher.join()

    def _next_event(self, deadline: float | None) -> Event:
        try:
            return self._events.get(timeout=None if deadline is None else max(0.0, deadline - time.monotonic()))
        except Empty:
            return TimedOut()

    def _watch(self) -> None:
        """Note the end of the process, whoever caused it."""
        status = self._lifeline.wait(self._process)
        self._events.put(Ended(_reason(status)))
        self._work.put(None)
        self._api.close()


def _reason(status: int) -> str:
    """An exit status in AWS's words."""
    return f"exit status {status}" if status >= 0 else f"signal: {signal.Signals(-status).name}"
