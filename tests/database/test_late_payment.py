"""A payment that comes after the lapse: the same units again if they can be had at that instant, else a refund."""

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest
from psycopg import Connection

from chalicelib.db.connection import Database
from chalicelib.db.reservations import ReservationStatus
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle import pay
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from tests.factories import active, available, lapsed, product, status
from tests.paying import REFERENCE, Provider, assert_accounted_for, pay_for, recorded

Advance = Callable[[float], None]


def test_it_completes_a_new_reservation_in_place_of_the_lapsed_one(
    connection: Connection, environment: Database
) -> None:
    product_id = product(connection, 10)
    hold = lapsed(connection, product_id, 2)
    bought = pay_for(environment, hold.id)
    assert (bought.status, bought.quantity, bought.replaces) == (ReservationStatus.COMPLETED, 2, hold.id)
    assert bought.id != hold.id
    assert recorded(connection) == [(REFERENCE, hold.id, Decimal("20.00"), "SETTLED", bought.id)]
    assert_accounted_for(connection)


def test_it_costs_what_was_paid(connection: Connection, environment: Database) -> None:
    hold = lapsed(connection, product(connection, 10), 2)
    connection.execute("UPDATE products SET price = 99")
    assert pay_for(environment, hold.id).unit_price == Decimal(10)
    assert_accounted_for(connection)


def test_the_units_of_the_lapsed_hold_itself_are_enough(connection: Connection, environment: Database) -> None:
    product_id = product(connection, 2)
    hold = lapsed(connection, product_id, 2)
    assert pay_for(environment, hold.id).replaces == hold.id
    assert status(connection, hold.id) == ("EXPIRED", "reclaim")
    assert available(connection, product_id) == 0


def test_units_are_gathered_for_it(connection: Connection, environment: Database) -> None:
    product_id = product(connection, slots=[2, 0])
    hold = lapsed(connection, product_id, 2)
    expire(connection, hold.id)
    connection.execute("UPDATE stock SET total = 1, available = 1 WHERE product_id = %s", [product_id])
    assert pay_for(environment, hold.id).quantity == 2


def test_a_hold_that_lapses_while_the_provider_is_asked_is_replaced(
    connection: Connection, environment: Database, advance: Advance
) -> None:
    hold = active(connection, product(connection, 2), 2, hold_seconds=100)
    bought = pay_for(environment, hold.id, provider=Provider(lambda: advance(101)))
    assert bought.replaces == hold.id
    assert_accounted_for(connection)


def test_repeating_it_gives_the_same_by_either_name(connection: Connection, environment: Database) -> None:
    product_id, provider = product(connection, 10), Provider()
    hold = lapsed(connection, product_id, 2)
    bought = pay_for(environment, hold.id, provider=provider)
    before = available(connection, product_id)
    for reservation_id in (hold.id, bought.id):
        assert pay_for(environment, reservation_id, provider=provider) == bought
    assert complete(connection, bought.id, ANONYMOUS) == bought
    assert (available(connection, product_id), len(provider.asked)) == (before, 1)


def test_who_has_paid_is_not_taken_for_a_hoarder(connection: Connection, environment: Database) -> None:
    """No number of holds, running or lapsed, stands in the way."""
    product_id, shopper_id = product(connection, 50), uuid4()
    for made in [active, lapsed] * 12:
        hold = made(connection, product_id, shopper_id=shopper_id)
    assert pay_for(environment, hold.id, shopper_id=shopper_id).replaces == hold.id


def test_a_reply_that_was_lost_can_be_asked_for_again(
    connection: Connection, environment: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment dies after the payment was written down."""
    product_id, provider = product(connection, 10), Provider()
    hold = lapsed(connection, product_id, 2)

    def die(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(pay, "_answer", die)
        with pytest.raises(SystemExit):
            pay_for(environment, hold.id, provider=provider)
    bought = pay_for(environment, hold.id, provider=provider)
    assert (bought.replaces, len(provider.asked)) == (hold.id, 1)
    assert_accounted_for(connection)
