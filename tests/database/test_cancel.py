"""Cancelling: units come back at once, exactly once."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from psycopg import Connection

from chalicelib.db.reservations import ReservationStatus
from chalicelib.errors import NotActive, NotFound, ReservationExpired
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.expire import expire
from tests.factories import active, available, completed, lapsed, product, status
from tests.rivals import Rival, lock_hold


def test_gives_the_units_back(connection: Connection) -> None:
    product_id = product(connection, 5)
    reservation = cancel(connection, active(connection, product_id, 2).id, ANONYMOUS)
    assert reservation.status == ReservationStatus.CANCELLED
    assert reservation.ended_at is not None
    assert available(connection, product_id) == 5


def test_gives_them_back_once_when_repeated(connection: Connection) -> None:
    product_id = product(connection, 5)
    reservation = cancel(connection, active(connection, product_id, 2).id, ANONYMOUS)
    assert cancel(connection, reservation.id, ANONYMOUS) == reservation
    assert available(connection, product_id) == 5


def test_refuses_a_completed_one(connection: Connection) -> None:
    product_id = product(connection, 5)
    reservation = completed(connection, product_id, 2)
    with pytest.raises(NotActive) as refusal:
        cancel(connection, reservation.id, ANONYMOUS)
    assert refusal.value.status == "COMPLETED"
    assert available(connection, product_id) == 3


def test_refuses_a_lapsed_hold(connection: Connection) -> None:
    product_id = product(connection, 5)
    reservation = lapsed(connection, product_id, 2)
    with pytest.raises(ReservationExpired):
        cancel(connection, reservation.id, ANONYMOUS)
    assert available(connection, product_id) == 3


def test_does_not_find_another_shopper_s(connection: Connection) -> None:
    reservation = active(connection, product(connection), shopper_id=uuid4())
    with pytest.raises(NotFound):
        cancel(connection, reservation.id, ANONYMOUS)
    assert status(connection, reservation.id) == ("ACTIVE", None)


def test_refuses_a_hold_that_lapsed_while_waiting_for_its_row(
    connection: Connection, database_url: str, advance: Callable[[float], None]
) -> None:
    product_id = product(connection, 5)
    reservation = active(connection, product_id, 2, hold_seconds=10)
    with Rival(database_url) as shopper:
        with connection.transaction():
            lock_hold(connection, reservation.id)
            shopper.start(lambda own: cancel(own, reservation.id, ANONYMOUS))
            advance(11)
        with pytest.raises(ReservationExpired):
            shopper.result()
    assert status(connection, reservation.id) == ("ACTIVE", None)
    assert available(connection, product_id) == 3


def test_refuses_a_hold_that_lapsed_and_expired_while_waiting(
    connection: Connection, database_url: str, advance: Callable[[float], None]
) -> None:
    product_id = product(connection, 5)
    reservation = active(connection, product_id, 2, hold_seconds=10)
    with Rival(database_url) as shopper:
        with connection.transaction():
            lock_hold(connection, reservation.id)
            shopper.start(lambda own: cancel(own, reservation.id, ANONYMOUS))
            advance(11)
            expire(connection, reservation.id)
        with pytest.raises(ReservationExpired):
            shopper.result()
    assert available(connection, product_id) == 5
