"""Figures from the functions' log, of requests whose order was decided by hand."""

import json
from datetime import UTC, datetime

import pytest

from infra.operate.log_figures import Answer, Times, answers, figures, order, times
from tests.operate.sales import LAMP

NINE = datetime(2026, 11, 27, 9, tzinfo=UTC)
START_MS = int(NINE.timestamp() * 1000)


def answer(arrived: int, answered: int, reason: str = "") -> Answer:
    """Return an answer by the milliseconds after nine of its arrival and itself."""
    return Answer(LAMP, reason, NINE.timestamp() + answered / 1000, START_MS + arrived, 1.0, 2.0)


def line(message: str = "reserved", **fields: object) -> str:
    given = {"message": message, "timestamp": "2026-11-27T09:00:00.250000+00:00", "product_id": LAMP, "level": "INFO"}
    return json.dumps({**given, "arrived_ms": START_MS, "database_ms": 1.5, "function_ms": 2.5, **fields})


def test_a_line_of_a_reserve_is_an_answer() -> None:
    lines = [line(), line("refused", reason="limit-exceeded"), line("extended"), "refused", line(function_ms=None)[:40]]
    at = NINE.timestamp() + 0.25
    assert answers(lines, None, None) == [
        Answer(LAMP, "", at, START_MS, 1.5, 2.5),
        Answer(LAMP, "limit-exceeded", at, START_MS, 1.5, 2.5),
    ]


@pytest.mark.parametrize(("second", "counts"), [(0, False), (0.25, True), (0.5, True)])
def test_only_answers_of_the_time_count(second: float, counts: bool) -> None:
    until = datetime.fromtimestamp(NINE.timestamp() + second, UTC)
    assert bool(answers([line()], NINE, until)) == (second > 0.25)
    assert bool(answers([line()], until, None)) == (second <= 0.25)
    assert counts == (second >= 0.25)


def test_refusals_are_counted_by_reason_the_most_frequent_first() -> None:
    found = figures([answer(0, 1), answer(0, 2, "a"), answer(0, 3, "b"), answer(0, 4, "b")])
    assert (found.reserved, list(found.refused.items())) == (1, [("b", 2), ("a", 1)])


def test_times_are_those_of_the_lines() -> None:
    found = figures([answer(0, 10), answer(5, 30), answer(10, 110)])
    assert found.answer == Times(25, 100, 100)
    assert (found.database, found.function) == (Times(1, 1, 1), Times(2, 2, 2))


def test_percentiles_are_values_that_there_are() -> None:
    assert times(range(1, 201)) == Times(100, 198, 200)
    assert times([7]) == Times(7, 7, 7)
    assert times([]) is None


def test_a_request_refused_after_a_later_one_was_served_was_overtaken() -> None:
    served, late = answer(10, 20), answer(30, 40)
    sold_out = "insufficient-stock"
    assert order([served, answer(5, 25, sold_out), answer(15, 26, sold_out), late]).overtaken == 1
    assert order([answer(5, 15, sold_out), served]).overtaken == 0  # refused before the later one was served
    assert order([served, answer(5, 25, "limit-exceeded")]).overtaken == 0  # for a reason of its own


def test_places_are_counted_among_the_served() -> None:
    in_order = order([answer(number, number + 5) for number in range(10)])
    assert (in_order.median_places, in_order.p99_places) == (0, 0)
    last_first = order([answer(9, 10), *(answer(number, number + 11) for number in range(9))])
    assert (last_first.median_places, last_first.p99_places) == (1, 9)
    assert last_first.points[0] == (9, 0)


def test_requests_of_one_millisecond_have_no_order() -> None:
    assert order([answer(1, number) for number in range(5, 10)]).p99_places == 0


def test_without_arrivals_there_is_no_order() -> None:
    found = figures([Answer(LAMP, "", NINE.timestamp(), None, 1.0, 2.0)])
    assert (found.order, found.answer, found.reserved) == (None, None, 1)
