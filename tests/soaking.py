"""The short and the long form of a test: `make test` runs the short one, `make soak` the long one.

A test with `@pytest.mark.soak("R4")` shows a promise of docs/proof.md. It asks the fixture `effort` how much to do, and
tells it what was done. `pytest -m soak --soak=MINUTES` runs the long forms and prints a table at the end.
"""

import time
from collections.abc import Callable, Iterator

import pytest
from _pytest.terminal import TerminalReporter

HOUR = 60  # minutes
MUCH = 2  # times the goal: a machine may be as much slower as that
PROMISE, DONE = "promise", "done"
COLUMNS = "{:5} {:9} {:>8}  {}"


class Effort:
    """How much a test does."""

    def __init__(self, minutes: float | None, record: Callable[[str, object], None]) -> None:
        """`minutes` is the length of the soak; None for the short form."""
        self._minutes = minutes
        self._record = record

    @property
    def is_long(self) -> bool:
        """Whether this is a soak."""
        return self._minutes is not None

    def __call__(self, short: int, in_an_hour: int) -> int:
        """Return how many to do: `short`, or in a soak its share of `in_an_hour`, but at least `short`."""
        return short if self._minutes is None else max(short, round(in_an_hour * self._minutes / HOUR))

    def done(self, what: str) -> None:
        """Say in the summary what was done, with numbers."""
        self._record(DONE, what)

    def done_within(self, what: str, seconds: float, goal: float) -> None:
        """Say likewise what was done, and how long it took or the longest part of it. A soak fails if that is too long.

        `make test` asserts no time: it shares its machine with other tests.
        """
        self.done(f"{what}: {seconds:.1f} s, the goal is {goal:g} s")
        assert not self.is_long or seconds <= MUCH * goal


@pytest.fixture
def effort(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Effort:
    """Give the effort of this run."""
    marker = request.node.get_closest_marker("soak")
    assert marker, "A test with an effort is marked with the promise that it shows."
    record_property(PROMISE, marker.args[0])
    return Effort(request.config.getoption("--soak"), record_property)


def timed[Result](work: Callable[[], Result]) -> tuple[Result, float]:
    """Return what a work returns, and how many seconds it takes."""
    began = time.monotonic()
    return work(), time.monotonic() - began


def add_option(parser: pytest.Parser) -> None:
    """Take the length of the long forms."""
    parser.addoption("--soak", type=float, metavar="MINUTES", help="run the long form of tests, for about so long")


def print_summary(terminal: TerminalReporter) -> None:
    """Print a row for each test that was told its effort: promise, outcome, seconds, and what was done."""
    if terminal.config.getoption("--soak") is None:
        return
    terminal.section("Soak")
    terminal.write_line(COLUMNS.format("", "balanced", "seconds", "what was done"))
    for row in sorted(_rows(terminal.stats)):
        terminal.write_line(row)


def _rows(stats: dict[str, list[pytest.TestReport]]) -> Iterator[str]:
    """A test is balanced if it passed, and so did the check of the balance after it."""
    after = {report.nodeid for report in stats.get("error", [])}
    for outcome in ("passed", "failed"):
        for report in stats.get(outcome, []):
            told = dict(report.user_properties)
            if PROMISE in told:
                is_balanced = outcome == "passed" and report.nodeid not in after
                name = report.nodeid.rpartition("::")[2]
                what = f"{told.get(DONE, '')} ({name})"
                yield COLUMNS.format(told[PROMISE], "yes" if is_balanced else "NO", f"{report.duration:.1f}", what)
