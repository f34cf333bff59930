"""The waiting list: whoever returns units hands them over, in order, within the limits, before anybody else."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.catalog.change import change
from chalicelib.catalog.restock import restock
from chalicelib.db import reservations
from chalicelib.db.connection import Database
from chalicelib.db.waiters import Waiter
from chalicelib.errors import InsufficientStock, InvalidRequest, RefundRequired
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.expire import expire
from chalicelib.lifecycle.pay import PaymentAttempt, pay
from chalicelib.lifecycle.release import release
from chalicelib.payment_provider import MockProvider
from chalicelib.waiting_list.leave import leave
from tests.factories import active, available, let_lapse, product, status
from tests.lines import entry, join, statuses
from tests.reserving import OTHER, SHOPPER, reserve

FIRST, SECOND, THIRD = uuid4(), uuid4(), uuid4()


def held_by(connection: Connection, waiter: Waiter) -> Any:
    """Return shopper, quantity and status of the reservation that an entry was offered."""
    found = entry(connection, waiter)
    assert found.reservation_id is not None
    statement = "SELECT shopper_id, quantity, status FROM reservations WHERE id = %s"
    return connection.execute(statement, [found.reservation_id]).fetchone()


def test_units_of_several_slots_are_put_together_and_who_no_longer_fits_is_skipped(connection: Connection) -> None:
    product_id = product(connection, slots=[0, 0, 0])
    for shopper_id, quantity in ((FIRST, 4), (SECOND, 4), (THIRD, 3)):
        join(connection, product_id, shopper_id, quantity)
    restock(connection, product_id, 7, "ada")
    assert [(shopper, status) for shopper, status, _ in statuses(connection, product_id)] == [
        (FIRST, "OFFERED"),
        (SECOND, "WAITING"),
        (THIRD, "OFFERED"),
    ]
    assert available(connection, product_id) == 0


def test_the_start_of_a_sale_is_not_put_off_while_somebody_waits(connection: Connection) -> None:
    product_id = product(connection, 1)
    active(connection, product_id)
    waiter = join(connection, product_id, FIRST)
    soon, before = (
        connection.execute("SELECT instant_now() + %s * interval '1 hour'", [hours]).fetchone()[0] for hours in (1, -1)
    )
    with pytest.raises(InvalidRequest):
        change(connection, product_id, {"sale_starts_at": soon}, "ada", {})
    change(connection, product_id, {"sale_starts_at": before}, "ada", {})
    leave(connection, waiter.id, FIRST)
    assert change(connection, product_id, {"sale_starts_at": soon}, "ada", {}).sale_starts_at == soon


def returned_by_cancel(connection: Connection, environment: Database, product_id: UUID) -> None:
    hold = active(connection, product_id, shopper_id=SHOPPER)
    environment.run(lambda own: join(own, product_id, FIRST))
    cancel(connection, hold.id, SHOPPER)


def returned_by_release(connection: Connection, environment: Database, product_id: UUID) -> None:
    hold = active(connection, product_id)
    environment.run(lambda own: join(own, product_id, FIRST))
    release(connection, hold.id, "ada")


def returned_by_message(connection: Connection, environment: Database, product_id: UUID) -> None:
    hold = active(connection, product_id, hold_seconds=1)
    environment.run(lambda own: join(own, product_id, FIRST))
    connection.execute("UPDATE turned SET ahead = '2 s'")
    expire(connection, hold.id)


def returned_by_sweep(connection: Connection, environment: Database, product_id: UUID) -> None:
    active(connection, product_id, hold_seconds=1)
    environment.run(lambda own: join(own, product_id, FIRST))
    connection.execute("UPDATE turned SET ahead = '2 s'")
    sweep(environment)


def returned_by_reserve(connection: Connection, environment: Database, product_id: UUID) -> None:
    active(connection, product_id, hold_seconds=1)
    environment.run(lambda own: join(own, product_id, FIRST))
    connection.execute("UPDATE turned SET ahead = '2 s'")
    with pytest.raises(InsufficientStock):
        reserve(connection, product_id, shopper_id=OTHER)


def returned_by_restock(connection: Connection, environment: Database, product_id: UUID) -> None:
    active(connection, product_id)
    environment.run(lambda own: join(own, product_id, FIRST))
    restock(connection, product_id, 1, "ada")


RETURNS = [
    returned_by_cancel,
    returned_by_release,
    returned_by_message,
    returned_by_sweep,
    returned_by_reserve,
    returned_by_restock,
]


@pytest.mark.parametrize("returned", RETURNS, ids=lambda it: it.__name__.rpartition("_")[2])
def test_whoever_returns_a_unit_hands_it_over(
    connection: Connection,
    environment: Database,
    advance: Callable[[float], None],
    returned: Callable[[Connection, Database, UUID], None],
) -> None:
    del advance  # the clock that the returns turn
    product_id = product(connection, 1)
    returned(connection, environment, product_id)
    (mine,) = statuses(connection, product_id)
    assert mine == (FIRST, "OFFERED", None)
    assert available(connection, product_id) == 0
    assert connection.execute(
        "SELECT made.shopper_id, made.status FROM reservations AS made JOIN waiters ON reservation_id = made.id"
    ).fetchall() == [(FIRST, "ACTIVE")]


def test_offers_come_in_the_order_of_joining(connection: Connection) -> None:
    product_id = product(connection, 2)
    holds = [active(connection, product_id, shopper_id=SHOPPER) for _ in range(2)]
    joined = [join(connection, product_id, shopper) for shopper in (FIRST, SECOND, THIRD)]
    assert [waiter.position for waiter in joined] == [1, 2, 3]
    cancel(connection, holds[0].id, SHOPPER)
    assert [state for _, state, _ in statuses(connection, product_id)] == ["OFFERED", "WAITING", "WAITING"]
    assert [entry(connection, waiter).position for waiter in joined] == [None, 1, 2]
    cancel(connection, holds[1].id, SHOPPER)
    assert [state for _, state, _ in statuses(connection, product_id)] == ["OFFERED", "OFFERED", "WAITING"]


def test_the_first_whose_quantity_fits_is_served(connection: Connection) -> None:
    product_id = product(connection, 3)
    small = active(connection, product_id, 1, shopper_id=SHOPPER)
    active(connection, product_id, 2)
    join(connection, product_id, FIRST, 2)
    second = join(connection, product_id, SECOND, 1)
    cancel(connection, small.id, SHOPPER)
    assert [state for _, state, _ in statuses(connection, product_id)] == ["WAITING", "OFFERED"]
    assert held_by(connection, second) == (SECOND, 1, "ACTIVE")


def test_units_of_several_slots_make_one_offer(connection: Connection) -> None:
    product_id = product(connection, slots=[1, 1, 1])
    holds = [active(connection, product_id, shopper_id=SHOPPER) for _ in range(3)]
    first = join(connection, product_id, FIRST, 3)
    for hold in holds:
        cancel(connection, hold.id, SHOPPER)
    assert held_by(connection, first) == (FIRST, 3, "ACTIVE")


def test_what_nobody_can_use_is_for_everybody(connection: Connection) -> None:
    product_id = product(connection, 3)
    hold = active(connection, product_id, 1, shopper_id=SHOPPER)
    active(connection, product_id, 2)
    join(connection, product_id, FIRST, 2)
    cancel(connection, hold.id, SHOPPER)
    assert available(connection, product_id) == 1
    assert reserve(connection, product_id, shopper_id=OTHER).status == "ACTIVE"


def test_a_newcomer_takes_what_the_waiters_leave(connection: Connection) -> None:
    product_id = product(connection, 5)
    hold = active(connection, product_id, 5)
    first = join(connection, product_id, FIRST, 2)
    let_lapse(connection, hold.id)
    assert reserve(connection, product_id, 3, OTHER).quantity == 3
    assert held_by(connection, first) == (FIRST, 2, "ACTIVE")
    assert available(connection, product_id) == 0


def test_an_offer_that_lapses_goes_to_the_next(
    connection: Connection, environment: Database, advance: Callable[[float], None]
) -> None:
    product_id = product(connection, 1)
    hold = active(connection, product_id, shopper_id=SHOPPER, hold_seconds=600)
    first, second = join(connection, product_id, FIRST), join(connection, product_id, SECOND)
    cancel(connection, hold.id, SHOPPER)
    advance(121)
    sweep(environment)
    assert held_by(connection, first) == (FIRST, 1, "EXPIRED")
    assert held_by(connection, second) == (SECOND, 1, "ACTIVE")


def test_an_offer_that_is_cancelled_goes_to_the_next(connection: Connection) -> None:
    product_id = product(connection, 1)
    hold = active(connection, product_id, shopper_id=SHOPPER)
    first, second = join(connection, product_id, FIRST), join(connection, product_id, SECOND)
    cancel(connection, hold.id, SHOPPER)
    offered = entry(connection, first).reservation_id
    assert offered is not None
    cancel(connection, offered, FIRST)
    assert held_by(connection, second) == (SECOND, 1, "ACTIVE")
    assert [state for _, state, _ in statuses(connection, product_id)] == ["OFFERED", "OFFERED"]


@pytest.mark.parametrize(
    ("offer_seconds", "of_product", "expected"), [(None, None, 120), (None, 300, 300), (30, 300, 30)]
)
def test_an_offer_lasts_as_long_as_is_set(
    connection: Connection, offer_seconds: int | None, of_product: int | None, expected: int
) -> None:
    product_id = product(connection, 1)
    connection.execute("UPDATE products SET hold_seconds = %s", [of_product])
    hold = active(connection, product_id, shopper_id=SHOPPER)
    first = join(connection, product_id, FIRST, offer_seconds=offer_seconds)
    cancel(connection, hold.id, SHOPPER)
    offered = entry(connection, first).reservation_id
    assert offered is not None
    made = reservations.find(connection, offered, FIRST)
    assert made is not None
    assert (made.expires_at - made.created_at).total_seconds() == expected


def test_a_late_payment_does_not_overtake(connection: Connection, environment: Database) -> None:
    product_id = product(connection, 1)
    hold = active(connection, product_id, shopper_id=SHOPPER)
    first = join(connection, product_id, FIRST)
    let_lapse(connection, hold.id)
    with pytest.raises(RefundRequired):
        pay(environment, MockProvider(), PaymentAttempt(hold.id, SHOPPER, "tok_1"), 120)
    assert held_by(connection, first) == (FIRST, 1, "ACTIVE")
    assert status(connection, hold.id) == ("EXPIRED", "reclaim")
