"""Restocking beside others: each waits where it must, and nobody else does."""

from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db import locks
from chalicelib.db.products import Product
from tests.factories import active, available, lapsed, product, request, reserve
from tests.rivals import Rival, impatient, lock_hold, lock_slots


def test_who_waits_for_units_that_come_in_gets_them(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 20)
    active(connection, product_id, 19)
    with Rival(database_url) as shopper:
        with connection.transaction():
            restock(connection, product_id, 100, "ada")
            shopper.start(lambda own: reserve(own, request(product_id)))
        assert shopper.result().quantity == 1
    assert available(connection, product_id) == 100


def test_two_restocks_that_both_add_slots_wait_for_each_other(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 10)
    with Rival(database_url) as other:
        with connection.transaction():
            restock(connection, product_id, 90, "ada")
            other.start(lambda own: restock(own, product_id, 100, "bob"))
        both = other.result()
    assert isinstance(both, Product)
    assert (both.total_stock, both.available_stock) == (200, 200)
    assert connection.execute("SELECT count(*) FROM stock").fetchone() == (8,)


def test_a_hold_that_is_being_completed_is_no_obstacle(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 5)
    hold = active(connection, product_id, 2)
    with connection.transaction(), impatient(database_url) as own:
        lock_hold(connection, hold.id)
        assert restock(own, product_id, -3, "ada").available_stock == 0


def test_shoppers_do_not_wait_for_a_product_s_lock(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 5)
    with connection.transaction(), impatient(database_url) as own:
        locks.product(connection, product_id)
        assert reserve(own, request(product_id, 5)).quantity == 5


def test_restocking_follows_the_lock_order(connection: Connection, database_url: str) -> None:
    """Lapsed holds first, then stock: whoever holds a lapsed hold can still give its units back."""
    product_id = product(connection, 2)
    hold = lapsed(connection, product_id, 1)
    with Rival(database_url) as admin, impatient(database_url) as own:
        with connection.transaction():
            lock_hold(connection, hold.id)
            admin.start(lambda rival: restock(rival, product_id, -2, "ada"))
            with own.transaction():
                lock_slots(own, product_id)
        assert admin.result().total_stock == 0
