"""When the passes of one firing of the schedule are made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from chalicelib.errors import Busy
from chalicelib.lifecycle.sweep import MARGIN_SECONDS, Timer, sweep_until_next
from tests.logs import logged


@dataclass
class Invocation:
    """An invocation of a function: time passes only while it sleeps and while it works."""

    timeout: float = 60.0
    now: float = 1_000.0
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.now

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.now += seconds

    def timer(self) -> Timer:
        def remaining() -> int:
            return int((self.began + self.timeout - self.now) * 1000)

        return Timer(remaining, lambda: self.now, self.sleep)


@dataclass
class QuietDatabase:
    """A database without lapsed holds, where each pass takes some time, and some fail."""

    invocation: Invocation
    seconds: float = 0.0
    fails: Callable[[int], bool] = lambda _: False
    fault: type[Exception] = Busy
    passes: list[float] = field(default_factory=list)

    def run(self, _work: object) -> list[Any]:
        self.passes.append(self.invocation.now - self.invocation.began)
        self.invocation.now += self.seconds
        if self.fails(len(self.passes)):
            raise self.fault
        return []


def swept(database: QuietDatabase, interval: int) -> list[float]:
    """Return when passes began, in seconds after the invocation did."""
    count = sweep_until_next(database, interval, database.invocation.timer())  # type: ignore[arg-type]
    assert count == len(database.passes)
    return database.passes


@pytest.mark.parametrize(
    ("interval", "passes"),
    [(10, [0, 10, 20, 30, 40, 50]), (1, list(range(55))), (25, [0, 25, 50]), (59, [0]), (60, [0])],
)
def test_passes_are_an_interval_apart_until_the_next_firing(interval: int, passes: list[float]) -> None:
    assert swept(QuietDatabase(Invocation()), interval) == passes


def test_no_pass_is_made_once_the_next_firing_is_due_however_long_the_function_may_run() -> None:
    assert swept(QuietDatabase(Invocation(timeout=900)), 10) == [0, 10, 20, 30, 40, 50]


@pytest.mark.parametrize("timeout", [10, 15.9, 16, 30, 60])
def test_no_pass_begins_too_late_to_end_before_the_timeout(timeout: float) -> None:
    passes = swept(QuietDatabase(Invocation(timeout)), 10)
    assert max(passes) <= timeout - MARGIN_SECONDS < max(passes) + 10


def test_without_enough_time_left_no_pass_is_made() -> None:
    assert swept(QuietDatabase(Invocation(timeout=MARGIN_SECONDS - 0.5)), 10) == []


def test_slow_passes_do_not_shift_the_later_ones() -> None:
    assert swept(QuietDatabase(Invocation(), seconds=4), 10) == [0, 10, 20, 30, 40, 50]


def test_a_pass_that_takes_longer_than_the_interval_is_followed_at_once() -> None:
    assert swept(QuietDatabase(Invocation(), seconds=13), 10) == [0, 13, 26, 39, 52]


@pytest.mark.parametrize(("fault", "level"), [(Busy, "WARNING"), (ZeroDivisionError, "ERROR")])
def test_a_pass_that_fails_is_logged_and_does_not_stop_the_next_ones(fault: type[Exception], level: str) -> None:
    with logged() as lines:
        passes = swept(QuietDatabase(Invocation(), fails=lambda count: count in (1, 3), fault=fault), 10)
    assert passes == [0, 10, 20, 30, 40, 50]
    assert [line["level"] for line in lines.parsed] == [level, level]
