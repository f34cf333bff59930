"""Completing: only before the lapse, by the database's clock as it is once the row is ours."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from psycopg import Connection

from chalicelib.db.reservations import ReservationStatus
from chalicelib.errors import NotActive, NotFound, ReservationExpired
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from tests.factories import active, available, completed, lapsed, product, status
from tests.rivals import Rival, lock_hold

Advance = Callable[[float], None]


def test_turns_a_hold_into_a_sale(connection: Connection) -> None:
    product_id = product(connection, 5)
    reservation = complete(connection, active(connection, product_id, 2).id, ANONYMOUS)
    assert reservation.status == ReservationStatus.COMPLETED
    assert reservation.ended_at is not None
    assert available(connection, product_id) == 3


def test_gives_the_same_answer_when_repeated(connection: Connection, advance: Advance) -> None:
    reservation = completed(connection, product(connection))
    advance(600)
    assert complete(connection, reservation.id, ANONYMOUS) == reservation


def test_refuses_a_lapsed_hold_that_nothing_has_expired_yet(connection: Connection) -> None:
    reservation = lapsed(connection, product(connection))
    with pytest.raises(ReservationExpired):
        complete(connection, reservation.id, ANONYMOUS)
    assert status(connection, reservation.id) == ("ACTIVE", None)


def test_refuses_an_expired_one(connection: Connection) -> None:
    reservation = lapsed(connection, product(connection))
    expire(connection, reservation.id)
    with pytest.raises(ReservationExpired):
        complete(connection, reservation.id, ANONYMOUS)


def test_refuses_a_cancelled_one(connection: Connection) -> None:
    reservation = active(connection, product(connection))
    cancel(connection, reservation.id, ANONYMOUS)
    with pytest.raises(NotActive) as refusal:
        complete(connection, reservation.id, ANONYMOUS)
    assert refusal.value.status == "CANCELLED"


def test_does_not_find_an_unknown_one(connection: Connection) -> None:
    with pytest.raises(NotFound):
        complete(connection, uuid4(), ANONYMOUS)


def test_does_not_find_another_shopper_s(connection: Connection) -> None:
    reservation = active(connection, product(connection), shopper_id=uuid4())
    with pytest.raises(NotFound):
        complete(connection, reservation.id, ANONYMOUS)
    assert status(connection, reservation.id) == ("ACTIVE", None)


def test_refuses_a_hold_that_lapsed_while_waiting_for_its_row(
    connection: Connection, database_url: str, advance: Advance
) -> None:
    reservation = active(connection, product(connection), hold_seconds=10)
    with Rival(database_url) as shopper:
        with connection.transaction():
            lock_hold(connection, reservation.id)
            shopper.start(lambda own: complete(own, reservation.id, ANONYMOUS))
            advance(11)
        with pytest.raises(ReservationExpired):
            shopper.result()
    assert status(connection, reservation.id) == ("ACTIVE", None)


def test_completes_until_the_very_last_millisecond_and_no_longer(connection: Connection, advance: Advance) -> None:
    product_id = product(connection, 20)
    for _ in range(20):
        reservation = active(connection, product_id, hold_seconds=1)
        advance(0.99)
        outcome = attempt(connection, reservation.id)
        row = connection.execute(
            "SELECT status, ended_at < expires_at FROM reservations WHERE id = %s", [reservation.id]
        ).fetchone()
        assert row == (("COMPLETED", True) if outcome else ("ACTIVE", None))
        advance(1)


def attempt(connection: Connection, reservation_id: object) -> bool:
    """Complete if that is still possible; return whether it was."""
    try:
        complete(connection, reservation_id, ANONYMOUS)
    except ReservationExpired:
        return False
    return True
