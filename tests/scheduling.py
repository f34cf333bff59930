"""How `pytest -n` spreads the tests over its workers.

Tests that share a system are one group, for one worker: a LocalStack, a platform or a built package is made once. All
others of a file are a group. The groups that take longest come first, so that no worker is left with a long one when
the others have nothing more to do; the summary says when each has ended.
"""

import time
from functools import cache
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from xdist.remote import Producer
from xdist.scheduler.loadscope import LoadScopeScheduling
from xdist.workermanage import WorkerController

TESTS = Path(__file__).parent
SHARED_SYSTEMS = {
    "localstack": "localstack",
    "executor": "localstack",
    "browser": "browser",
    "scenes": "scenes",
    "aws": "aws",
}
"""The rooms whose tests share a LocalStack with the application in it, a whole platform, a shop or a built package."""
LONGEST_FIRST = (
    "localstack",
    "executor",
    "browser",
    "scenes",
    "platform/test_run.py",
    "platform/test_rehearse_deploy.py",
    "faults/test_crashes.py",
    "specification/test_every_story.py",
    "aws",
    "http/test_fuzzing.py",
    "specification",
    "faults",
    "platform",
    "rehearse",
    "concurrency",
)
BEGAN = pytest.StashKey[float]()
ENDED = pytest.StashKey[dict[str, float]]()
LAST = pytest.StashKey[dict[str, str]]()


def order(items: list[pytest.Item]) -> None:
    """Put the groups of tests that take longest first."""
    items.sort(key=lambda item: _position(item.path))


@cache
def _position(file: Path) -> int:
    path = file.relative_to(TESTS)
    return next((number for number, slow in enumerate(LONGEST_FIRST) if path.is_relative_to(slow)), len(LONGEST_FIRST))


class Groups(LoadScopeScheduling):
    """Gives each group of tests to one worker."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        config.stash[BEGAN], config.stash[ENDED], config.stash[LAST] = time.monotonic(), {}, {}

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return SHARED_SYSTEMS.get(Path(file).parts[1], file)

    def _assign_work_unit(self, node: WorkerController) -> None:
        self.config.stash[LAST][node.gateway.id] = next(iter(self.workqueue))
        super()._assign_work_unit(node)


def note_end(worker: WorkerController) -> None:
    """Note when a worker has nothing more to do."""
    stash = worker.config.stash
    stash[ENDED][worker.gateway.id] = time.monotonic() - stash[BEGAN]


def print_ends(terminal: TerminalReporter) -> None:
    """Print when each worker ended, and with which group of tests."""
    stash = terminal.config.stash
    for worker, seconds in stash.get(ENDED, {}).items():
        group = stash[LAST].get(worker, "nothing")
        terminal.write_line(f"Worker {worker} ended after {seconds:.0f} s with {group}.")
