"""Execution environments in processes of their own, with the real handler, as Lambda runs them."""

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier

import psutil

from chalicelib.log import logger

SECONDS_TO_END = 100

_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload(["tests.http.shop"])  # the application is loaded once, and forked


def started(work: Callable[..., object], *arguments: object) -> BaseProcess:
    """Start a work, a function of a module, in a process of its own."""
    process = _server.Process(target=_quietly, args=(work, *arguments), daemon=True)
    process.start()
    return process


def barrier(parties: int) -> Barrier:
    """Return a barrier for so many processes that are started here."""
    return _server.Barrier(parties)


def side_by_side[Result](works: Sequence[Callable[[], Result]]) -> list[Result]:
    """Run each work in a process of its own, all beginning together; return their results in order."""
    together = barrier(len(works))
    pipes = [_server.Pipe(duplex=False) for _ in works]
    processes = [
        started(_begin_together, together, sender, work) for work, (_, sender) in zip(works, pipes, strict=True)
    ]
    for _, sender in pipes:
        sender.close()
    results = [receiver.recv() for receiver, _ in pipes]
    for process in processes:
        process.join(SECONDS_TO_END)
    return results


def _begin_together(together: Barrier, sender: Connection, work: Callable[[], object]) -> None:
    together.wait(SECONDS_TO_END)
    sender.send(work())


def _quietly(work: Callable[..., object], *arguments: object) -> None:
    logger.setLevel("CRITICAL")
    work(*arguments)


def is_stopped(process: BaseProcess) -> bool:
    """Return whether a process has been stopped by a signal."""
    return psutil.Process(process.pid).status() == psutil.STATUS_STOPPED
