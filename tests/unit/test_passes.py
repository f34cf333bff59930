"""When the passes of one firing of the schedule are made, and what is done in each."""

import pytest

from chalicelib.errors import Busy
from chalicelib.jobs.schedule import MARGIN_SECONDS, Timer, pass_until_next
from tests.logs import logged
from tests.unit.invocations import Invocation


class Work:
    """Something that takes a while each time it is done, and sometimes fails."""

    def __init__(self, invocation: Invocation, seconds: float = 0.0, fails: set[int] | None = None) -> None:
        self.invocation = invocation
        self.begun: list[float] = []
        self._seconds = seconds
        self._fails = fails or set()
        self.fault: type[Exception] = Busy

    def __call__(self) -> None:
        self.begun.append(self.invocation.now - self.invocation.began)
        self.invocation.now += self._seconds
        if len(self.begun) in self._fails:
            raise self.fault


def done(work: Work, interval: int) -> list[float]:
    """Return when passes began, in seconds after the invocation did."""
    count = pass_until_next(interval, work.invocation.timer(), {"work": work})
    assert count == len(work.begun)
    return work.begun


@pytest.mark.parametrize(
    ("interval", "passes"),
    [(10, [0, 10, 20, 30, 40, 50]), (1, list(range(55))), (25, [0, 25, 50]), (59, [0]), (60, [0])],
)
def test_passes_are_an_interval_apart_until_the_next_firing(interval: int, passes: list[float]) -> None:
    assert done(Work(Invocation()), interval) == passes


def test_no_pass_is_made_after_the_next_firing_is_due() -> None:
    assert done(Work(Invocation(timeout=900)), 10) == [0, 10, 20, 30, 40, 50]


@pytest.mark.parametrize("timeout", [10, 15.9, 16, 30, 60])
def test_no_pass_begins_too_late_to_end_before_the_timeout(timeout: float) -> None:
    passes = done(Work(Invocation(timeout)), 10)
    assert max(passes) <= timeout - MARGIN_SECONDS < max(passes) + 10


def test_without_enough_time_left_no_pass_is_made() -> None:
    assert done(Work(Invocation(timeout=MARGIN_SECONDS - 0.5)), 10) == []


def test_slow_passes_do_not_shift_the_later_ones() -> None:
    assert done(Work(Invocation(), seconds=4), 10) == [0, 10, 20, 30, 40, 50]


def test_a_pass_that_takes_longer_than_the_interval_is_followed_at_once() -> None:
    assert done(Work(Invocation(), seconds=13), 10) == [0, 13, 26, 39, 52]


@pytest.mark.parametrize(("fault", "level"), [(Busy, "WARNING"), (ZeroDivisionError, "ERROR")])
def test_a_pass_that_fails_is_logged_and_does_not_stop_the_next_ones(fault: type[Exception], level: str) -> None:
    work = Work(Invocation(), fails={1, 3})
    work.fault = fault
    with logged() as lines:
        assert done(work, 10) == [0, 10, 20, 30, 40, 50]
    assert [(line["level"], line["step"]) for line in lines.parsed] == [(level, "work")] * 2


def test_each_pass_runs_every_step_in_order_even_if_the_first_fails() -> None:
    invocation = Invocation()
    first, second = Work(invocation, seconds=1, fails={1, 2}), Work(invocation)
    with logged() as lines:
        assert pass_until_next(30, invocation.timer(), {"first": first, "second": second}) == 2
    assert (first.begun, second.begun) == ([0, 30], [1, 31])
    assert [line["step"] for line in lines.parsed] == ["first", "first"]


@pytest.mark.parametrize(("milliseconds", "has_time"), [(6_000, True), (5_999, False)])
def test_work_begins_until_its_margin_before_the_timeout(milliseconds: int, has_time: bool) -> None:
    assert Timer(lambda: milliseconds, lambda: 0.0, lambda _: None).has_time() == has_time
