"""A paused sale: nobody takes units, and holds that exist go on."""

from collections.abc import Callable
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.catalog.change import change
from chalicelib.db import connection as database
from chalicelib.db import products
from chalicelib.db.reservations import Reservation, ReservePolicy
from chalicelib.db.reservations import reserve as reserve_in_the_database
from chalicelib.errors import SaleNotOpen, SalePaused
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.extend import extend
from tests.factories import available, extendable, product, request
from tests.reserving import OTHER, SHOPPER, refused, reserve
from tests.rivals import Rival, lock_slots


def pause(connection: Connection, product_id: UUID, *, paused: bool = True) -> None:
    shown = change(connection, product_id, {"paused": paused}, "ada", {"paused": paused})
    assert shown.paused is paused


def test_a_reserve_is_refused_while_the_sale_is_paused(connection: Connection) -> None:
    product_id = product(connection)
    reserve(connection, product_id, shopper_id=OTHER)
    pause(connection, product_id)
    refused(connection, SalePaused, product_id)
    with pytest.raises(SalePaused):
        reserve(connection, product_id, shopper_id=OTHER)
    with pytest.raises(SalePaused):
        reserve(connection, product_id, shopper_id=ANONYMOUS)
    pause(connection, product_id, paused=False)
    assert reserve(connection, product_id).quantity == 1


def test_other_products_stay_on_sale(connection: Connection) -> None:
    pause(connection, product(connection))
    assert reserve(connection, product(connection)).quantity == 1


def test_a_paused_sale_is_refused_as_paused_before_its_start_too(connection: Connection) -> None:
    product_id = product(connection)
    connection.execute("UPDATE products SET sale_starts_at = instant_now() + interval '1 hour'")
    pause(connection, product_id)
    refused(connection, SalePaused, product_id)
    pause(connection, product_id, paused=False)
    assert refused(connection, SaleNotOpen, product_id).starts_at is not None


def test_a_repeated_reserve_is_answered_during_a_pause(connection: Connection) -> None:
    product_id, policy = product(connection), ReservePolicy(120)
    asked = request(product_id, shopper_id=SHOPPER, key="k")
    made = reserve_in_the_database(connection, asked, policy).reservation
    pause(connection, product_id)
    repeated = reserve_in_the_database(connection, asked, policy)
    assert (repeated.outcome, repeated.reservation) == ("replayed", made)


@pytest.mark.parametrize(
    ("ending", "status"), [(complete, "COMPLETED"), (cancel, "CANCELLED")], ids=["completed", "cancelled"]
)
def test_a_running_hold_can_be_ended_during_a_pause(
    connection: Connection, ending: Callable[[Connection, UUID, UUID], Reservation], status: str
) -> None:
    product_id = product(connection)
    hold = reserve(connection, product_id)
    pause(connection, product_id)
    assert ending(connection, hold.id, SHOPPER).status == status


def test_a_running_hold_can_be_extended_during_a_pause(connection: Connection) -> None:
    product_id = product(connection)
    hold = extendable(connection, product_id, shopper_id=SHOPPER)
    pause(connection, product_id)
    assert extend(connection, hold.id, SHOPPER).reservation.expires_at > hold.expires_at


def test_a_reserve_does_not_wait_for_a_pause_that_is_being_made(connection: Connection, database_url: str) -> None:
    product_id = product(connection)
    with Rival(database_url) as shopper:
        with connection.transaction():
            pause(connection, product_id)
            assert shopper.begin(lambda own: reserve(own, product_id)) is False
        assert shopper.result().quantity == 1
    refused(connection, SalePaused, product_id)


def test_a_reserve_that_waits_for_stock_is_refused_by_a_pause_made_meanwhile(
    connection: Connection, database_url: str
) -> None:
    product_id = product(connection, 1)
    with Rival(database_url) as shopper, database.connect(database_url) as admin:
        with connection.transaction():
            lock_slots(connection, product_id)
            shopper.start(lambda own: reserve(own, product_id))
            pause(admin, product_id)
        with pytest.raises(SalePaused):
            shopper.result()
    assert available(connection, product_id) == 1


def test_to_the_version_before_a_paused_sale_is_not_open(connection: Connection) -> None:
    """It knows no other reason of the kind, and reads both instants."""
    product_id = product(connection)
    pause(connection, product_id)
    refusal = reserve_in_the_database(connection, request(product_id), ReservePolicy(120)).refusal
    assert refusal is not None
    assert refusal.items() >= {"reason": "sale-not-open", "starts_at": None, "ends_at": None}.items()


def test_products_are_listed_as_paused(connection: Connection) -> None:
    product_id, other = product(connection), product(connection)
    pause(connection, product_id)
    assert {one.id: one.paused for one in products.list_for_sale(connection)} == {product_id: True, other: False}
    assert {one.product.id: one.product.paused for one in products.list_all(connection)} == {
        product_id: True,
        other: False,
    }
