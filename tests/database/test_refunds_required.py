"""A payment that comes after the lapse and can buy nothing any more: written down, to be refunded."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.db.connection import Database
from chalicelib.db.reservations import Reservation
from chalicelib.errors import PaymentUsed, RefundRequired
from chalicelib.identity.shoppers import ANONYMOUS
from tests.factories import active, available, completed, lapsed, product, status
from tests.paying import REFERENCE, Provider, assert_accounted_for, pay_for, recorded

TWENTY = Decimal("20.00")


def assert_refunded(
    connection: Connection, environment: Database, reservation: Reservation, shopper_id: UUID = ANONYMOUS
) -> None:
    """Pay twice: both times the money must go back, nothing is sold, and the provider is asked once."""
    stock, provider = available(connection, reservation.product_id), Provider()
    made = connection.execute("SELECT count(*) FROM reservations").fetchone()
    for _ in range(2):
        with pytest.raises(RefundRequired) as refusal:
            pay_for(environment, reservation.id, provider=provider, shopper_id=shopper_id)
        assert refusal.value.payment_reference == REFERENCE
    assert recorded(connection) == [(REFERENCE, reservation.id, TWENTY, "REFUND_REQUIRED", None)]
    assert available(connection, reservation.product_id) == stock
    assert connection.execute("SELECT count(*) FROM reservations").fetchone() == made
    assert len(provider.asked) == 1


def test_it_must_be_refunded_when_nothing_is_left(connection: Connection, environment: Database) -> None:
    product_id = product(connection, 2)
    hold = lapsed(connection, product_id, 2)
    completed(connection, product_id)
    assert_refunded(connection, environment, hold)
    assert_accounted_for(connection)


def test_it_must_be_refunded_when_the_sale_is_over(connection: Connection, environment: Database) -> None:
    hold = lapsed(connection, product(connection), 2)
    connection.execute("UPDATE products SET sale_ends_at = instant_now() - interval '1 second'")
    assert_refunded(connection, environment, hold)


def test_it_must_be_refunded_while_the_sale_is_paused(connection: Connection, environment: Database) -> None:
    hold = lapsed(connection, product(connection), 2)
    connection.execute("UPDATE products SET paused = true")
    assert_refunded(connection, environment, hold)


def test_it_must_be_refunded_when_the_shopper_has_bought_all_they_may(
    connection: Connection, environment: Database
) -> None:
    product_id, shopper_id = product(connection), uuid4()
    connection.execute("UPDATE products SET max_per_shopper = 2")
    hold = lapsed(connection, product_id, 2, shopper_id=shopper_id)
    completed(connection, product_id, 1, shopper_id=shopper_id)
    assert_refunded(connection, environment, hold, shopper_id)


def test_a_lapsed_reservation_is_bought_once_however_often_it_is_paid(
    connection: Connection, environment: Database
) -> None:
    product_id = product(connection, 10)
    hold = lapsed(connection, product_id, 2)
    bought = pay_for(environment, hold.id, "first")
    before = available(connection, product_id)
    with pytest.raises(RefundRequired):
        pay_for(environment, hold.id, "second")
    assert available(connection, product_id) == before
    assert pay_for(environment, hold.id, "first") == bought
    assert_accounted_for(connection)


def test_a_refused_payment_stays_refused_and_another_may_succeed(connection: Connection, environment: Database) -> None:
    product_id = product(connection, 2)
    hold = lapsed(connection, product_id, 2)
    taken = active(connection, product_id, 2)
    with pytest.raises(RefundRequired):
        pay_for(environment, hold.id, "first")
    connection.execute(
        "UPDATE reservations SET created_at = created_at - interval '1 hour', expires_at = instant_now() WHERE id = %s",
        [taken.id],
    )
    assert pay_for(environment, hold.id, "second").replaces == hold.id
    with pytest.raises(RefundRequired):
        pay_for(environment, hold.id, "first")
    assert_accounted_for(connection)


def test_a_payment_to_be_refunded_buys_nothing_else(connection: Connection, environment: Database) -> None:
    product_id = product(connection, 2)
    hold = lapsed(connection, product_id, 2)
    other = active(connection, product_id, 2)
    with pytest.raises(RefundRequired):
        pay_for(environment, hold.id)
    with pytest.raises(PaymentUsed):
        pay_for(environment, other.id)
    assert status(connection, other.id) == ("ACTIVE", None)
