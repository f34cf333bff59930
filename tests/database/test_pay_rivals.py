"""Paying while the hold lapses or others have its units. `tests/specification` has all other pairs."""

from collections.abc import Callable

import pytest
from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.lifecycle.expire import expire
from tests.factories import active, lapsed, product, status
from tests.paying import assert_accounted_for, settle
from tests.rivals import Rival, lock_hold, lock_slots

Advance = Callable[[float], None]


def test_a_hold_that_lapses_while_the_payment_waits_for_it_is_replaced(
    connection: Connection, database_url: str, advance: Advance
) -> None:
    hold = active(connection, product(connection, 2), 2, hold_seconds=100)
    with Rival(database_url) as payer:
        with connection.transaction():
            lock_hold(connection, hold.id)
            payer.start(lambda own: settle(own, hold))
            advance(101)
        outcome, reservation = payer.result()
    assert (outcome, reservation.replaces) == ("completed", hold.id)
    assert status(connection, hold.id) == ("EXPIRED", "reclaim")
    assert_accounted_for(connection)


@pytest.mark.parametrize("units", [1_000, -1])
def test_a_late_payment_that_waits_for_a_restock_gets_its_units(
    connection: Connection, database_url: str, units: int
) -> None:
    hold = lapsed(connection, product(connection, slots=[3]), 2)
    with Rival(database_url) as payer:
        with connection.transaction():
            restock(connection, hold.product_id, units, "ada")
            lock_slots(connection, hold.product_id)
            payer.start(lambda own: settle(own, hold))
        outcome, reservation = payer.result()
    assert (outcome, reservation.replaces) == ("completed", hold.id)
    assert_accounted_for(connection)


def test_a_payment_that_waits_for_a_reservation_holds_no_stock(connection: Connection, database_url: str) -> None:
    """Whoever has the reservation's row may need the stock next."""
    hold = lapsed(connection, product(connection, 2), 2)
    with Rival(database_url) as payer:
        with connection.transaction():
            lock_hold(connection, hold.id)
            payer.start(lambda own: settle(own, hold))
            expire(connection, hold.id)
        assert payer.result()[0] == "completed"
    assert_accounted_for(connection)
