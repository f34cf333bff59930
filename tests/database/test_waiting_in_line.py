"""A locked slot is waited for, not taken for an empty one, and nobody locks more slots than needed."""

from collections.abc import Callable
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db import reservations
from chalicelib.db.reservations import Reservation
from chalicelib.errors import InsufficientStock
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.expire import expire
from tests.factories import active, available, lapse_now, lapsed, lay_out, let_lapse, product, request, reserve, status
from tests.rivals import Rival, impatient, lock_hold, lock_slots

Act = Callable[[Connection, Reservation], object]


def test_while_all_slots_are_locked_a_reserve_waits_for_one(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[5, 5, 5])
    with Rival(database_url) as shopper:
        with connection.transaction():
            lock_slots(connection, product_id)
            shopper.start(lambda own: reserve(own, request(product_id)))
        assert shopper.result().quantity == 1
    assert available(connection, product_id) == 14


def test_while_a_slot_with_enough_is_locked_no_lapsed_hold_is_replaced(
    connection: Connection, database_url: str
) -> None:
    product_id = product(connection, slots=[1, 1])
    hold = lapsed(connection, product_id)
    with Rival(database_url) as shopper:
        with connection.transaction():
            lock_slots(connection, product_id, [1 - slot_of(connection, hold.id)])
            shopper.start(lambda own: reserve(own, request(product_id)))
        assert shopper.result().quantity == 1
    assert status(connection, hold.id) == ("ACTIVE", None)


def test_a_hold_begins_after_the_wait(
    connection: Connection, database_url: str, advance: Callable[[float], None]
) -> None:
    product_id = product(connection, slots=[2])
    first = active(connection, product_id)
    with Rival(database_url) as shopper:
        with connection.transaction():
            lock_slots(connection, product_id)
            shopper.start(lambda own: reserve(own, request(product_id), hold_seconds=60))
            advance(100)
        second = shopper.result()
    assert (second.created_at - first.created_at).total_seconds() >= 100
    assert (second.expires_at - second.created_at).total_seconds() == 60


def slots_around(rival: Rival, units: int, elsewhere: int) -> list[int]:
    """Return three slots: `units` in the slot that a rival tries first, and `elsewhere` in each other."""
    return [units if slot == rival.pid % 3 else elsewhere for slot in range(3)]


def test_who_waits_for_a_slot_that_is_sold_out_meanwhile_gets_a_unit_of_another(
    connection: Connection, database_url: str
) -> None:
    product_id = product(connection, 0)
    with Rival(database_url) as shopper:
        lay_out(connection, product_id, slots_around(shopper, units=2, elsewhere=1))
        with connection.transaction():
            lock_slots(connection, product_id)
            shopper.start(lambda own: reserve(own, request(product_id)))
            active(connection, product_id, 2)
        assert shopper.result().quantity == 1
    assert available(connection, product_id) == 1


def test_who_waits_for_the_last_units_is_refused_when_they_are_sold(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 0)
    with Rival(database_url) as shopper:
        lay_out(connection, product_id, slots_around(shopper, units=2, elsewhere=0))
        with connection.transaction():
            lock_slots(connection, product_id)
            shopper.start(lambda own: reserve(own, request(product_id)))
            active(connection, product_id, 2)
        with pytest.raises(InsufficientStock):
            shopper.result()


def test_a_hold_that_lapses_while_another_waits_for_stock_counts_as_available(
    connection: Connection, database_url: str
) -> None:
    """By the clock after the wait, not by the beginning of the statement that waits."""
    product_id = product(connection, 0)
    with Rival(database_url) as shopper:
        lay_out(connection, product_id, slots_around(shopper, units=2, elsewhere=1))
        holds = [active(connection, product_id) for _ in range(2)]
        with connection.transaction():
            lock_slots(connection, product_id)
            shopper.start(lambda own: reserve(own, request(product_id, 2)))
            for hold in holds:
                lapse_now(connection, hold.id)
            for _ in range(2):
                active(connection, product_id)
        assert shopper.result().quantity == 2
    assert {status(connection, hold.id) for hold in holds} == {("EXPIRED", "reclaim")}


ACTS: dict[str, Act] = {
    "a restock of one unit": lambda own, hold: restock(own, hold.product_id, 1, "ada"),
    "one unit taken out": lambda own, hold: restock(own, hold.product_id, -1, "ada"),
    "a cancellation": lambda own, hold: cancel(own, hold.id, ANONYMOUS),
}
ACTS_ON_A_LAPSED_HOLD: dict[str, Act] = {
    "a message": lambda own, hold: expire(own, hold.id),
    "a sweep": lambda own, hold: [reservations.sweep_slot(own, hold.product_id, slot_of(own, hold.id), 500)],
}


def slot_of(connection: Connection, reservation_id: UUID) -> int:
    ((slot,),) = connection.execute("SELECT slot FROM reservations WHERE id = %s", [reservation_id])
    return int(slot)


@pytest.mark.parametrize("act", [*ACTS, *ACTS_ON_A_LAPSED_HOLD])
def test_other_slots_can_be_reserved_from_meanwhile(connection: Connection, database_url: str, act: str) -> None:
    product_id = product(connection, slots=[5, 5, 5])
    hold = (lapsed if act in ACTS_ON_A_LAPSED_HOLD else active)(connection, product_id)
    with connection.transaction(), impatient(database_url) as other:
        {**ACTS, **ACTS_ON_A_LAPSED_HOLD}[act](connection, hold)
        assert len([reserve(other, request(product_id)) for _ in range(9)]) == 9


@pytest.mark.parametrize(
    ("slots", "quantities", "order", "expired", "rest"),
    [
        pytest.param([4], [4], 4, [True], 0, id="one hold of the same size"),
        pytest.param([4], [4], 1, [True], 3, id="the rest of a larger hold is available"),
        pytest.param([4], [1, 3], 2, [False, True], 1, id="a smaller hold is passed over"),
        pytest.param([4], [2, 2], 2, [False, True], 0, id="of two holds the one that lapsed first"),
        pytest.param([3], [1, 1, 1], 2, [False, True, True], 0, id="several holds that are too small"),
        pytest.param([1, 1, 1], [1, 1, 1], 3, [True, True, True], 0, id="holds of several slots"),
        pytest.param([2, 2], [2], 4, [True], 0, id="a hold and units of another slot"),
        pytest.param([40, 40, 40], [], 100, [], 20, id="more than any slot has"),
    ],
)
def test_an_order_takes_what_it_needs_of_lapsed_holds_and_slots(
    connection: Connection, slots: list[int], quantities: list[int], order: int, expired: list[bool], rest: int
) -> None:
    product_id = product(connection, slots=slots)
    holds = [active(connection, product_id, quantity) for quantity in quantities]
    for seconds, hold in enumerate(holds, start=1):  # the last one lapsed first
        let_lapse(connection, hold.id, seconds)
    reserve(connection, request(product_id, order))
    assert available(connection, product_id) == rest
    if expired:
        assert [status(connection, hold.id)[0] == "EXPIRED" for hold in holds] == expired


def test_a_lapsed_hold_that_another_is_expiring_is_passed_over_for_one_that_is_free(
    connection: Connection, database_url: str
) -> None:
    product_id = product(connection, slots=[1, 1])
    first, second = lapsed(connection, product_id), lapsed(connection, product_id)
    with connection.transaction(), impatient(database_url) as other:
        lock_hold(connection, first.id)
        assert reserve(other, request(product_id)).quantity == 1
    assert [status(connection, hold.id)[0] for hold in (first, second)] == ["ACTIVE", "EXPIRED"]


def test_lapsed_holds_that_others_are_expiring_are_waited_for(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[1, 1])
    holds = [lapsed(connection, product_id), lapsed(connection, product_id)]
    with Rival(database_url) as shopper:
        with connection.transaction():
            for hold in holds:
                expire(connection, hold.id)
            shopper.start(lambda own: reserve(own, request(product_id, 2)))
        assert shopper.result().quantity == 2
    assert available(connection, product_id) == 0
