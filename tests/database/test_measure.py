"""The metrics that the sweep emits of what happened in the sale: each event once, with its product and its cause."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.db import sale
from chalicelib.db.connection import Database
from chalicelib.errors import Busy
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.jobs import sweep as sweeping
from chalicelib.jobs.measure import measure
from chalicelib.jobs.schedule import Timer
from chalicelib.jobs.sweep import sweep, sweep_until_next
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.expire import expire
from tests.factories import active, completed, let_lapse, product
from tests.logs import logged
from tests.unit.invocations import Invocation

INTERVAL = 10
Advance = Callable[[float], None]


def begin_an_interval(connection: Connection, advance: Advance) -> None:
    """Turn the clock to just after the end of an interval, so that all that follows is in the next one."""
    (left,) = connection.execute(
        "SELECT extract(epoch FROM date_bin('10 s', instant_now(), to_timestamp(0)) + interval '10.5 s'"
        " - instant_now())::float8"
    ).fetchone() or (0.0,)
    advance(left)


def emitted(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Return the lines printed since the last look."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def product_id(connection: Connection, advance: Advance) -> UUID:
    """Put ten units on sale, in an interval that has passed."""
    product_id = product(connection)
    advance(60)
    begin_an_interval(connection, advance)
    return product_id


def test_each_event_is_counted_once_for_its_product_and_for_the_service(
    connection: Connection,
    environment: Database,
    advance: Advance,
    product_id: UUID,
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = product(connection)
    completed(connection, product_id, 2), cancel(connection, active(connection, product_id, 3).id, ANONYMOUS)
    active(connection, other, 4)
    for passes in range(4):  # the interval ends in the first or second, and is measured once all have committed
        advance(INTERVAL if passes else INTERVAL - 1)
        measure(environment, INTERVAL)
    lines = emitted(capsys)
    totals = [line for line in lines if "product_id" not in line]
    assert [(line["Reserved"], line["Completed"], line["Cancelled"]) for line in totals] == [([9.0], [2.0], [3.0])]
    by_product = {line["product_id"]: line for line in lines if "product_id" in line}
    assert by_product.keys() == {str(product_id), str(other)}
    assert by_product[str(product_id)]["Reserved"] == [5.0]
    assert by_product[str(other)]["Reserved"] == [4.0]


def test_lapsed_units_are_counted_by_what_expired_them_with_their_delays(
    connection: Connection,
    environment: Database,
    advance: Advance,
    product_id: UUID,
    capsys: pytest.CaptureFixture[str],
) -> None:
    early, late = active(connection, product_id, 1), active(connection, product_id, 2)
    let_lapse(connection, early.id, 4), let_lapse(connection, late.id, 8)
    expire(connection, early.id)
    with logged():
        assert sweep(environment) == 1
    advance(INTERVAL + sale.SETTLED_SECONDS)
    measure(environment, INTERVAL)
    lines = emitted(capsys)
    assert {line["by"]: line["Expired"] for line in lines if "by" in line} == {"message": [1.0], "sweep": [2.0]}
    (delays,) = [line["ExpiryDelaySeconds"] for line in lines if "ExpiryDelaySeconds" in line]
    assert [round(seconds) for seconds in delays] == [4, 8]


def test_units_of_several_products_that_one_job_expired_are_added_up(
    connection: Connection,
    environment: Database,
    advance: Advance,
    product_id: UUID,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for hold in (active(connection, product_id, 1), active(connection, product(connection), 2)):
        let_lapse(connection, hold.id, 4)
        expire(connection, hold.id)
    advance(INTERVAL + sale.SETTLED_SECONDS)
    measure(environment, INTERVAL)
    lines = emitted(capsys)
    assert {line["by"]: line["Expired"] for line in lines if "by" in line} == {"message": [3.0]}


def test_a_firing_measures_its_own_intervals(
    connection: Connection,
    environment: Database,
    advance: Advance,
    product_id: UUID,
    capsys: pytest.CaptureFixture[str],
) -> None:
    active(connection, product_id, 2)
    advance(INTERVAL + sale.SETTLED_SECONDS)
    time_for_one_pass = Timer(lambda: 7_000, lambda: 0.0, lambda _: None)
    assert sweep_until_next(environment, INTERVAL, time_for_one_pass) == 1
    (line,) = [line for line in emitted(capsys) if "product_id" not in line]
    assert line["Reserved"] == [2.0]


def test_passes_that_a_long_sweep_delays_count_each_event_once(
    connection: Connection,
    environment: Database,
    advance: Advance,
    product_id: UUID,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def pass_time(seconds: float) -> None:
        invocation.sleep(seconds)
        advance(seconds)

    def long_sweep(_: Database) -> None:
        if invocation.now == invocation.began:
            pass_time(12)
            active(connection, product_id, 7)
            pass_time(13)

    monkeypatch.setattr(sweeping, "sweep", long_sweep)
    invocation = Invocation()
    timer = replace(invocation.timer(), sleep=pass_time)
    assert sweep_until_next(environment, INTERVAL, timer) == 6  # the second and the third at once, after 25 s
    totals = [line for line in emitted(capsys) if "product_id" not in line]
    assert [line["Reserved"] for line in totals] == [[7.0]]


def test_a_pass_that_failed_is_made_up_for_in_the_same_interval(
    connection: Connection,
    environment: Database,
    advance: Advance,
    product_id: UUID,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> list[float]:
        raise Busy

    active(connection, product_id, 2)
    advance(INTERVAL + sale.SETTLED_SECONDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sale, "delay_sample", fail)
        with pytest.raises(Busy):
            measure(environment, INTERVAL)
    assert emitted(capsys) == []
    measure(environment, INTERVAL)
    assert [line["Reserved"] for line in emitted(capsys)] == [[2.0], [2.0]]


def test_an_interval_in_which_nothing_happened_writes_nothing(
    environment: Database,
    advance: Advance,
    product_id: UUID,
    capsys: pytest.CaptureFixture[str],
) -> None:
    del product_id
    advance(2 * INTERVAL)
    measure(environment, INTERVAL)
    assert capsys.readouterr().out == ""


def test_many_delays_are_sampled_evenly(connection: Connection, product_id: UUID) -> None:
    for seconds in range(1, 11):
        hold = active(connection, product_id)
        let_lapse(connection, hold.id, seconds)
        expire(connection, hold.id)
    since, until = sale.before(hold.created_at, 60), sale.before(hold.created_at, -60)
    assert [round(one) for one in sale.delay_sample(connection, since, until, 5)] == [2, 4, 6, 8, 10]


def test_an_interval_is_measured_once_all_its_transactions_have_ended(
    connection: Connection, advance: Advance, product_id: UUID
) -> None:
    del product_id
    first = sale.last_window(connection, INTERVAL)  # half a second after the end of an interval
    advance(4.0)
    assert sale.last_window(connection, INTERVAL) == first
    advance(1.0)
    since, until = sale.last_window(connection, INTERVAL)
    assert (since, (until - since).total_seconds()) == (first[1], INTERVAL)
