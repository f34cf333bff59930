"""Extending while the hold lapses or others extend it. `tests/specification` has all other pairs."""

from collections.abc import Callable
from datetime import datetime, timedelta

from psycopg import Connection

from chalicelib.db import reservations
from chalicelib.db.reservations import Reservation
from chalicelib.errors import ExtensionTooEarly, NotActive, ReservationExpired
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.extend import extend
from tests.factories import extendable, lapse_now, product
from tests.rivals import Rival, at_once, lock_hold

Advance = Callable[[float], None]


def attempt(connection: Connection, reservation: Reservation) -> str:
    """Try to extend; return how it went."""
    try:
        extend(connection, reservation.id, ANONYMOUS)
    except (ExtensionTooEarly, ReservationExpired, NotActive) as error:
        return type(error).__name__
    return "extended"


def lapse(connection: Connection, reservation: Reservation) -> datetime:
    """Return when a hold lapses by now."""
    found = reservations.find(connection, reservation.id, ANONYMOUS)
    assert found is not None
    return found.expires_at


def test_of_two_at_once_one_extends(connection: Connection, database_url: str) -> None:
    for _ in range(10):
        hold = extendable(connection, product(connection))
        outcomes = at_once(database_url, [lambda own, hold=hold: attempt(own, hold)] * 2)
        assert sorted(map(str, outcomes)) == ["ExtensionTooEarly", "extended"]
        assert lapse(connection, hold) == hold.expires_at + timedelta(seconds=120)


def test_a_hold_that_lapsed_while_waiting_for_its_row_is_not_extended(
    connection: Connection, database_url: str, advance: Advance
) -> None:
    hold = extendable(connection, product(connection))
    with Rival(database_url) as shopper:
        with connection.transaction():
            lock_hold(connection, hold.id)
            shopper.start(lambda own: attempt(own, hold))
            advance(101)
        assert shopper.result() == "ReservationExpired"
    assert lapse(connection, hold) == hold.expires_at


def test_a_hold_that_lapsed_by_the_real_clock_while_waiting_is_not_extended(
    connection: Connection, database_url: str
) -> None:
    """The clock is read after the wait: neither the transaction's nor the statement's beginning counts."""
    hold = extendable(connection, product(connection))
    with Rival(database_url) as shopper:
        with connection.transaction():
            lock_hold(connection, hold.id)
            shopper.start(lambda own: attempt(own, hold))
            lapse_now(connection, hold.id)
        assert shopper.result() == "ReservationExpired"
