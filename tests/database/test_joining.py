"""Joining and leaving a waiting list: what is refused, what is repeated, and what an entry counts for."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from psycopg import Connection

from chalicelib.catalog.change import change
from chalicelib.catalog.restock import restock
from chalicelib.db import products
from chalicelib.db.connection import Database
from chalicelib.errors import (
    AlreadyWaiting,
    CoolingDown,
    InStock,
    LimitExceeded,
    NotFound,
    NotWaiting,
    SaleNotOpen,
    SalePaused,
    TooManyHolds,
    TooManyJoins,
    WaitingListFull,
)
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.cancel import cancel
from chalicelib.waiting_list.leave import leave
from tests.factories import active, available, let_lapse, product
from tests.lines import entry, join, statuses
from tests.reserving import OTHER, SHOPPER, reserve

WAITER = uuid4()


def test_what_is_in_stock_is_not_waited_for(connection: Connection) -> None:
    product_id = product(connection, 3)
    hold = active(connection, product_id, 2)
    with pytest.raises(InStock) as refusal:
        join(connection, product_id, WAITER, 1)
    assert refusal.value.available == 1
    assert join(connection, product_id, WAITER, 2).position == 1
    let_lapse(connection, hold.id)  # its units are for the one who waits
    with pytest.raises(InStock):
        join(connection, product_id, OTHER, 1)
    assert join(connection, product_id, OTHER, 2).position == 2


def test_units_of_lapsed_holds_are_in_stock_if_nobody_waits(connection: Connection) -> None:
    product_id = product(connection, 2)
    let_lapse(connection, active(connection, product_id, 2).id)
    with pytest.raises(InStock) as refusal:
        join(connection, product_id, WAITER, 2)
    assert refusal.value.available == 2


def test_a_repeated_join_returns_the_same_entry(connection: Connection) -> None:
    product_id = product(connection, 1)
    hold = active(connection, product_id, shopper_id=SHOPPER)
    first = join(connection, product_id, WAITER)
    assert join(connection, product_id, WAITER) == first
    cancel(connection, hold.id, SHOPPER)
    assert join(connection, product_id, WAITER) == entry(connection, first)
    assert len(statuses(connection, product_id)) == 1


def test_a_shopper_waits_for_one_quantity(connection: Connection) -> None:
    product_id = product(connection, 1)
    active(connection, product_id)
    first = join(connection, product_id, WAITER, 1)
    with pytest.raises(AlreadyWaiting) as refusal:
        join(connection, product_id, WAITER, 2)
    assert (refusal.value.waiter_id, refusal.value.quantity) == (first.id, 1)


def test_an_unknown_product_is_not_found(connection: Connection) -> None:
    with pytest.raises(NotFound):
        join(connection, uuid4(), WAITER)


def test_a_full_list_takes_nobody(connection: Connection) -> None:
    product_id = product(connection, 1)
    active(connection, product_id)
    join(connection, product_id, OTHER, max_waiters=1)
    with pytest.raises(WaitingListFull):
        join(connection, product_id, WAITER, max_waiters=1)


def test_a_shopper_joins_twenty_times_an_hour(connection: Connection, advance: Callable[[float], None]) -> None:
    product_id = product(connection, 1)
    active(connection, product_id, hold_seconds=7200)
    for _ in range(20):
        leave(connection, join(connection, product_id, WAITER).id, WAITER)
    with pytest.raises(TooManyJoins):
        join(connection, product_id, WAITER)
    advance(3601)
    assert join(connection, product_id, WAITER).position == 1


def test_the_limit_per_shopper_holds_for_what_one_waits_for(connection: Connection) -> None:
    product_id = product(connection, 4)
    active(connection, product_id, 3)
    connection.execute("UPDATE products SET max_per_shopper = 2")
    with pytest.raises(LimitExceeded):
        join(connection, product_id, WAITER, 3)
    join(connection, product_id, WAITER, 2)
    with pytest.raises(LimitExceeded) as refusal:
        reserve(connection, product_id, 1, WAITER)
    assert refusal.value.held == 2


def test_a_place_in_a_list_counts_like_a_hold(connection: Connection) -> None:
    sold_out, other = product(connection, 1), product(connection, 5)
    active(connection, sold_out)
    join(connection, sold_out, WAITER, max_active_holds=1)
    with pytest.raises(TooManyHolds):
        reserve(connection, other, shopper_id=WAITER, max_active_holds=1)
    active(connection, other, 5)
    with pytest.raises(TooManyHolds):
        join(connection, other, WAITER, max_active_holds=1)


def test_whoever_cools_down_may_not_join(connection: Connection) -> None:
    product_id = product(connection, 2)
    active(connection, product_id)
    let_lapse(connection, active(connection, product_id, shopper_id=WAITER).id)
    with pytest.raises(CoolingDown):
        join(connection, product_id, WAITER, 2, lapses_before_cooldown=1, cooldown_seconds=60)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("paused = true", SalePaused),
        ("sale_starts_at = instant_now() + interval '1 hour'", SaleNotOpen),
        ("sale_ends_at = instant_now()", SaleNotOpen),
        ("retired_at = instant_now()", SaleNotOpen),
    ],
)
def test_nobody_joins_while_the_sale_is_not_open(connection: Connection, state: str, kind: type[Exception]) -> None:
    product_id = product(connection, 1)
    active(connection, product_id)
    connection.execute(f"UPDATE products SET {state}")
    with pytest.raises(kind):
        join(connection, product_id, WAITER)


def test_leaving_gives_the_place_up(connection: Connection) -> None:
    product_id = product(connection, 1)
    hold = active(connection, product_id, shopper_id=SHOPPER)
    first, second = join(connection, product_id, WAITER), join(connection, product_id, OTHER)
    left = leave(connection, first.id, WAITER)
    assert left == leave(connection, first.id, WAITER)
    assert (left.status, left.position, left.ended_at is None) == ("LEFT", None, False)
    assert entry(connection, second).position == 1
    cancel(connection, hold.id, SHOPPER)
    assert [state for _, state, _ in statuses(connection, product_id)] == ["LEFT", "OFFERED"]


def test_only_the_own_entry_can_be_left_and_only_while_waiting(connection: Connection) -> None:
    product_id = product(connection, 1)
    hold = active(connection, product_id, shopper_id=SHOPPER)
    mine = join(connection, product_id, WAITER)
    with pytest.raises(NotFound):
        leave(connection, mine.id, OTHER)
    cancel(connection, hold.id, SHOPPER)
    with pytest.raises(NotWaiting) as refusal:
        leave(connection, mine.id, WAITER)
    assert (refusal.value.status, refusal.value.reservation_id) == (
        "OFFERED",
        entry(connection, mine).reservation_id,
    )


def test_who_may_not_be_served_is_passed_over_and_told_why(connection: Connection) -> None:
    product_id, other = product(connection, 3), product(connection, 1)
    hold = active(connection, product_id, 3, shopper_id=SHOPPER)
    limited, hoarder, cooling, last = (uuid4() for _ in range(4))
    join(connection, product_id, limited, 2)
    join(connection, product_id, hoarder)
    join(connection, product_id, cooling, lapses_before_cooldown=1, cooldown_seconds=60)
    join(connection, product_id, last)
    connection.execute("UPDATE products SET max_per_shopper = 1 WHERE id = %s", [product_id])
    # Two rules that changed since the join: fewer holds, and a lapse.
    connection.execute("UPDATE waiters SET max_active_holds = 1 WHERE shopper_id = %s", [hoarder])
    active(connection, other, shopper_id=hoarder)
    connection.execute(
        "INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at, status,"
        " ended_at, ended_by) SELECT %s, 0, %s, 1, 1, at - interval '1 h', at, 'EXPIRED', at, 'sweep'"
        " FROM instant_now() AS at",
        [product_id, cooling],
    )
    connection.execute(
        "INSERT INTO journal (at, event, product_id, reservation_id, quantity, by)"
        " SELECT ended_at, 'EXPIRED', product_id, id, 1, 'sweep' FROM reservations WHERE shopper_id = %s",
        [cooling],
    )
    cancel(connection, hold.id, SHOPPER)
    assert statuses(connection, product_id) == [
        (limited, "PASSED_OVER", "limit-exceeded"),
        (hoarder, "PASSED_OVER", "too-many-holds"),
        (cooling, "PASSED_OVER", "cooling-down"),
        (last, "OFFERED", None),
    ]


def test_a_pause_keeps_the_line_and_its_end_serves_it(connection: Connection) -> None:
    product_id = product(connection, 1)
    hold = active(connection, product_id, shopper_id=SHOPPER)
    join(connection, product_id, WAITER)
    change(connection, product_id, {"paused": True}, "ada", {})
    cancel(connection, hold.id, SHOPPER)
    assert (available(connection, product_id), statuses(connection, product_id)) == (1, [(WAITER, "WAITING", None)])
    change(connection, product_id, {"paused": False}, "ada", {})
    assert statuses(connection, product_id) == [(WAITER, "OFFERED", None)]


def test_the_end_of_a_sale_ends_its_line(connection: Connection, environment: Database) -> None:
    product_id = product(connection, 1)
    active(connection, product_id)
    join(connection, product_id, WAITER)
    connection.execute("UPDATE products SET sale_ends_at = instant_now()")
    sweep(environment)
    assert statuses(connection, product_id) == [(WAITER, "PASSED_OVER", "sale-ended")]


def test_the_estimate_comes_from_the_running_holds(connection: Connection) -> None:
    product_id = product(connection, 3)
    active(connection, product_id, 1, hold_seconds=60)
    later = active(connection, product_id, 2, hold_seconds=300)

    def estimate(units: int) -> datetime | None:
        return join(connection, product_id, uuid4(), units).earliest_offer_at

    assert estimate(2) == later.expires_at
    assert estimate(1) == later.expires_at
    assert estimate(1) is None  # three units are held, and four are waited for


def test_the_product_shows_how_many_wait_and_keeps_their_units_out(connection: Connection) -> None:
    product_id = product(connection, 2)
    hold = active(connection, product_id, 2)
    join(connection, product_id, WAITER, 2)
    let_lapse(connection, hold.id)
    shown = products.find(connection, product_id)
    assert shown is not None
    assert (shown.waiting, shown.available_stock) == (1, 0)
    assert restock(connection, product_id, 1, "ada").waiting == 1


def test_the_journal_tells_of_every_step(connection: Connection) -> None:
    product_id = product(connection, 1)
    hold = active(connection, product_id, shopper_id=SHOPPER)
    entries = [join(connection, product_id, shopper) for shopper in (OTHER, WAITER)]
    leave(connection, entries[0].id, OTHER)
    cancel(connection, hold.id, SHOPPER)
    told = connection.execute(
        "SELECT event, waiter_id, quantity, by FROM journal WHERE waiter_id IS NOT NULL ORDER BY id"
    ).fetchall()
    assert told == [
        ("JOINED", entries[0].id, 1, "shopper"),
        ("JOINED", entries[1].id, 1, "shopper"),
        ("LEFT", entries[0].id, 1, "shopper"),
        ("OFFERED", entries[1].id, 1, "waiting-list"),
    ]
