"""Processes that begin together: each is an execution environment, or somebody who disturbs them.

They are forked from a process that has loaded the application, so that 64 of them start in half a second. What they
write goes to a pipe that another process reads, as Lambda reads a function's output.
"""

import multiprocessing
import os
import pickle
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait

SECONDS_TO_BEGIN = 0.05  # between the last one's readiness and the instant at which all begin
SECONDS_TO_END = 600  # twice as long as the longest sale
READ_BYTES = 65_536

Ready = Callable[[], float]
"""Waits for all others; returns the instant at which all begin, on the clock that processes share."""

_fork = multiprocessing.get_context("fork")


def side_by_side[Result](works: Sequence[Callable[[Ready], Result]]) -> list[Result]:
    """Run each work in a process of its own, all at once; return their results in order.

    Each work calls the `Ready` that it is given exactly once. Raises RuntimeError with the traceback of one that fails.
    """
    begin = _fork.Value("d", 0.0)
    barrier = _fork.Barrier(len(works), action=lambda: _set_beginning(begin))

    def ready() -> float:
        barrier.wait(SECONDS_TO_END)
        time.sleep(max(0.0, begin.value - time.perf_counter()))
        return float(begin.value)

    with _log_reader() as log:
        children = [_start(work, ready, log) for work in works]
        os.close(log)
        return [_result(process, receiver) for process, receiver in children]


def alone[Result](work: Callable[[], Result]) -> Result:
    """Run a work in a process of its own; return its result."""

    def begin(ready: Ready) -> Result:
        ready()
        return work()

    return side_by_side([begin])[0]


def _set_beginning(begin: "multiprocessing.sharedctypes.Synchronized[float]") -> None:
    begin.value = time.perf_counter() + SECONDS_TO_BEGIN


def _start[Result](work: Callable[[Ready], Result], ready: Ready, log: int) -> tuple[object, Connection]:
    receiver, sender = _fork.Pipe(duplex=False)
    process = _fork.Process(target=_run, args=(work, ready, sender, log), daemon=True)
    process.start()
    sender.close()
    return process, receiver


def _run[Result](work: Callable[[Ready], Result], ready: Ready, sender: Connection, log: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the parent's own way of ending is not for its children
    os.dup2(log, 1)
    try:
        answer: tuple[bool, object] = (True, work(ready))
    except BaseException:  # whatever it was, the process that waits has to learn of it
        answer = (False, traceback.format_exc())
    sender.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


def _result(process: object, receiver: Connection) -> object:
    if not wait([receiver], SECONDS_TO_END):
        raise RuntimeError(f"A process of the benchmark did not end within {SECONDS_TO_END} s.")
    succeeded, result = pickle.loads(receiver.recv_bytes())  # noqa: S301 - from a process of our own
    process.join()
    if not succeeded:
        raise RuntimeError(f"A process of the benchmark failed:\n{result}")
    return result


@contextmanager
def _log_reader() -> Iterator[int]:
    """Read whatever is written to a pipe, for as long as somebody may write to it; gives the end to write to."""
    reading, writing = os.pipe()
    process = _fork.Process(target=_read_all, args=(reading, writing), daemon=True)
    process.start()
    os.close(reading)
    yield writing
    process.join()


def _read_all(reading: int, writing: int) -> None:
    os.close(writing)
    while os.read(reading, READ_BYTES):
        pass
