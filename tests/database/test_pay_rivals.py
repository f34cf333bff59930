"""Paying while others end, expire or take the same hold at the same instant."""

from collections.abc import Callable
from typing import Any

import pytest
from chalicelib.lifecycle.give_back import give_back_locked
from chalicelib.lifecycle.settle import settle_in_time, settle_late
from psycopg import Connection

from chalicelib.db import reservations
from chalicelib.db.connection import Database
from chalicelib.db.payments import Outcome, Payment
from chalicelib.db.reservations import Reservation, ReserveRequest
from chalicelib.errors import InsufficientStock
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from chalicelib.lifecycle.extend import extend
from tests.factories import active, available, lapsed, product, request, reserve, status
from tests.paying import REFERENCE, assert_accounted_for, pay_for, recorded
from tests.rivals import Rival

Advance = Callable[[float], None]
Rivalry = Callable[[Connection, Reservation], Any]


def in_time(connection: Connection, hold: Reservation) -> Outcome | None:
    """Settle a payment that was confirmed."""
    return settle_in_time(connection, payment_for(hold), ANONYMOUS)


def late(connection: Connection, hold: Reservation) -> Outcome:
    """Settle a payment that was confirmed for a hold that has lapsed."""
    again = ReserveRequest(hold.product_id, hold.quantity, ANONYMOUS, unit_price=hold.unit_price, replaces=hold.id)
    return settle_late(connection, payment_for(hold), again, 120)


def payment_for(hold: Reservation) -> Payment:
    """Return the payment for all of it."""
    return Payment(REFERENCE, hold.id, hold.quantity * hold.unit_price)


def is_sold_out(connection: Connection, hold: Reservation) -> bool:
    """Tell whether a shopper is refused as many units."""
    try:
        reserve(connection, request(hold.product_id, hold.quantity))
    except InsufficientStock:
        return True
    return False


def swept(connection: Connection, hold: Reservation) -> None:
    """What a sweep does with a product."""
    ended = reservations.expire_lapsed(connection, hold.product_id, limit=10, by="sweep")
    give_back_locked(connection, hold.product_id, ended)


@pytest.mark.parametrize("ending", [complete, cancel])
def test_what_ends_otherwise_while_the_payment_waits_is_not_sold_for_it(
    connection: Connection, database_url: str, ending: Callable[..., Reservation]
) -> None:
    hold = active(connection, product(connection), 2)
    with Rival(database_url) as payer:
        with connection.transaction():
            ended = ending(connection, hold.id, ANONYMOUS)
            payer.start(lambda own: in_time(own, hold))
        assert payer.result() == Outcome(hold.id, None)
    assert status(connection, hold.id) == (ended.status, "shopper")
    assert_accounted_for(connection)


def test_a_hold_that_lapses_while_the_payment_waits_for_it_is_left_to_be_replaced(
    connection: Connection, database_url: str, environment: Database, advance: Advance
) -> None:
    hold = active(connection, product(connection, 2), 2, hold_seconds=100)
    with Rival(database_url) as payer:
        with connection.transaction():
            reservations.lock(connection, hold.id)
            payer.start(lambda own: in_time(own, hold))
            advance(101)
        assert payer.result() is None
    assert (status(connection, hold.id), recorded(connection)) == (("ACTIVE", None), [])
    assert pay_for(environment, hold.id).replaces == hold.id


def test_a_hold_that_is_extended_while_the_payment_waits_is_completed(
    connection: Connection, database_url: str, advance: Advance
) -> None:
    hold = active(connection, product(connection), 2, hold_seconds=100, max_extensions=1)
    with Rival(database_url) as payer:
        with connection.transaction():
            extend(connection, hold.id, ANONYMOUS)
            payer.start(lambda own: in_time(own, hold))
            advance(101)
        assert payer.result() == Outcome(hold.id, hold.id)
    assert_accounted_for(connection)


@pytest.mark.parametrize("take_back", [swept, lambda own, hold: expire(own, hold.id)])
def test_units_that_are_just_going_back_are_waited_for(
    connection: Connection, database_url: str, take_back: Rivalry
) -> None:
    hold = lapsed(connection, product(connection, 2), 2)
    with Rival(database_url) as payer:
        with connection.transaction():
            take_back(connection, hold)
            payer.start(lambda own: late(own, hold))
        assert payer.result().completed_id is not None
    assert available(connection, hold.product_id) == 0
    assert_accounted_for(connection)


def test_units_that_another_is_just_reserving_are_gone(connection: Connection, database_url: str) -> None:
    hold = lapsed(connection, product(connection, 2), 2)
    with Rival(database_url) as payer:
        with connection.transaction():
            taken = reserve(connection, request(hold.product_id, 2))
            payer.start(lambda own: late(own, hold))
        assert payer.result() == Outcome(hold.id, None)
    assert status(connection, taken.id) == ("ACTIVE", None)
    assert_accounted_for(connection)


def test_units_that_a_payment_is_just_buying_are_not_reserved(connection: Connection, database_url: str) -> None:
    hold = lapsed(connection, product(connection, 2), 2)
    with Rival(database_url) as shopper:
        with connection.transaction():
            bought = late(connection, hold)
            shopper.start(lambda own: is_sold_out(own, hold))
        assert shopper.result() is True
    assert bought.completed_id is not None
    assert_accounted_for(connection)
