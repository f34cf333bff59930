"""Paying while others end, expire or take the same hold at the same instant."""

from collections.abc import Callable
from typing import Any

import pytest
from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db import reservations
from chalicelib.db.reservations import Reservation
from chalicelib.errors import InsufficientStock
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from chalicelib.lifecycle.extend import extend
from tests.factories import active, available, lapsed, product, request, reserve, status
from tests.paying import assert_accounted_for, settle
from tests.rivals import Rival, lock_hold, lock_slots

Advance = Callable[[float], None]
Rivalry = Callable[[Connection, Reservation], Any]


def is_sold_out(connection: Connection, hold: Reservation) -> bool:
    """Return whether a shopper is refused as many units."""
    try:
        reserve(connection, request(hold.product_id, hold.quantity))
    except InsufficientStock:
        return True
    return False


def swept(connection: Connection, hold: Reservation) -> None:
    """Sweep the slot of a product that has one slot."""
    assert reservations.sweep_slot(connection, hold.product_id, 0, 10) == [hold.id]


@pytest.mark.parametrize("ending", [complete, cancel])
def test_a_hold_that_ends_otherwise_while_the_payment_waits_is_not_sold_for_it(
    connection: Connection, database_url: str, ending: Callable[..., Reservation]
) -> None:
    hold = active(connection, product(connection), 2)
    with Rival(database_url) as payer:
        with connection.transaction():
            ended = ending(connection, hold.id, ANONYMOUS)
            payer.start(lambda own: settle(own, hold))
        outcome, reservation = payer.result()
    assert (outcome, reservation.status) == ("refund-required", ended.status)
    assert status(connection, hold.id) == (ended.status, "shopper")
    assert_accounted_for(connection)


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


def test_a_hold_that_is_extended_while_the_payment_waits_is_completed(
    connection: Connection, database_url: str, advance: Advance
) -> None:
    hold = active(connection, product(connection), 2, hold_seconds=100, max_extensions=1)
    with Rival(database_url) as payer:
        with connection.transaction():
            extend(connection, hold.id, ANONYMOUS)
            payer.start(lambda own: settle(own, hold))
            advance(101)
        outcome, reservation = payer.result()
    assert (outcome, reservation.id) == ("completed", hold.id)
    assert_accounted_for(connection)


@pytest.mark.parametrize("take_back", [swept, lambda own, hold: expire(own, hold.id)])
def test_units_that_are_just_going_back_are_waited_for(
    connection: Connection, database_url: str, take_back: Rivalry
) -> None:
    hold = lapsed(connection, product(connection, 2), 2)
    with Rival(database_url) as payer:
        with connection.transaction():
            take_back(connection, hold)
            payer.start(lambda own: settle(own, hold))
        assert payer.result()[0] == "completed"
    assert available(connection, hold.product_id) == 0
    assert_accounted_for(connection)


def test_units_that_another_is_just_reserving_are_gone(connection: Connection, database_url: str) -> None:
    hold = lapsed(connection, product(connection, 2), 2)
    with Rival(database_url) as payer:
        with connection.transaction():
            taken = reserve(connection, request(hold.product_id, 2))
            payer.start(lambda own: settle(own, hold))
        assert payer.result()[0] == "refund-required"
    assert status(connection, taken.id) == ("ACTIVE", None)
    assert_accounted_for(connection)


def test_units_that_a_payment_is_just_buying_are_not_reserved(connection: Connection, database_url: str) -> None:
    hold = lapsed(connection, product(connection, 2), 2)
    with Rival(database_url) as shopper:
        with connection.transaction():
            outcome, _ = settle(connection, hold)
            shopper.start(lambda own: is_sold_out(own, hold))
        assert shopper.result() is True
    assert outcome == "completed"
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
