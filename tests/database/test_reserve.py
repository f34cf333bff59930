"""Reserving: units leave stock at once, from wherever they are, and never more than there are."""

from datetime import timedelta
from uuid import uuid4

import pytest
from psycopg import Connection

from chalicelib.db import reservations
from chalicelib.db.reservations import ReservationStatus
from chalicelib.errors import InsufficientStock, NotFound, SaleNotOpen
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.expire import expire
from tests.factories import active, available, completed, lapsed, product, request, reserve, status
from tests.rivals import Rival, impatient, lock_slots


def test_takes_the_units_out_of_stock_at_once(connection: Connection) -> None:
    product_id = product(connection, 10)
    reservation = reserve(connection, request(product_id, 3))
    assert reservation.status == ReservationStatus.ACTIVE
    assert available(connection, product_id) == 7


def test_keeps_the_price_of_the_moment(connection: Connection) -> None:
    product_id = product(connection, price="19.99")
    reservation = active(connection, product_id)
    connection.execute("UPDATE products SET price = 25 WHERE id = %s", [product_id])
    found = reservations.find(connection, reservation.id, ANONYMOUS)
    assert found is not None
    assert str(found.unit_price) == "19.99"


def test_holds_for_the_length_asked_for(connection: Connection) -> None:
    reservation = active(connection, product(connection), hold_seconds=45)
    assert reservation.expires_at - reservation.created_at == timedelta(seconds=45)


def test_prefers_the_product_s_own_hold_length(connection: Connection) -> None:
    product_id = product(connection)
    connection.execute("UPDATE products SET hold_seconds = 7 WHERE id = %s", [product_id])
    reservation = active(connection, product_id, hold_seconds=45)
    assert reservation.expires_at - reservation.created_at == timedelta(seconds=7)


def test_refuses_an_unknown_product(connection: Connection) -> None:
    with pytest.raises(NotFound):
        reserve(connection, request(uuid4()))


def test_refuses_more_than_there_is_and_changes_nothing(connection: Connection) -> None:
    product_id = product(connection, 5)
    with pytest.raises(InsufficientStock, match=": 6 requested, 5 available") as refusal:
        reserve(connection, request(product_id, 6))
    assert refusal.value.available == 5
    assert available(connection, product_id) == 5
    assert reservations.list_page(connection, ANONYMOUS, reservations.Page(10)) == []


def test_tells_when_the_next_hold_lapses(connection: Connection) -> None:
    product_id = product(connection, 2)
    first = active(connection, product_id, hold_seconds=60)
    active(connection, product_id, hold_seconds=90)
    with pytest.raises(InsufficientStock) as refusal:
        reserve(connection, request(product_id))
    assert refusal.value.next_release_at == first.expires_at


def test_takes_no_lock_to_refuse_when_all_is_sold(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 1)
    completed(connection, product_id)
    with connection.transaction():
        lock_slots(connection, product_id)
        with impatient(database_url) as other, pytest.raises(InsufficientStock):
            reserve(other, request(product_id))


def test_gathers_units_that_are_scattered_over_slots(connection: Connection) -> None:
    product_id = product(connection, slots=[3, 2, 4, 0, 1])
    reserve(connection, request(product_id, 9))
    assert available(connection, product_id) == 1
    assert sum_of_totals(connection, product_id) == 10


def test_gathers_no_more_than_is_missing(connection: Connection) -> None:
    product_id = product(connection, slots=[3, 2, 4])
    reserve(connection, request(product_id, 6))
    assert sum_of_totals(connection, product_id) == 9
    assert connection.execute("SELECT available FROM stock ORDER BY slot").fetchall() == [(1,), (2,), (0,)]


def test_gives_scattered_units_back_exactly(connection: Connection) -> None:
    product_id = product(connection, slots=[3, 2, 4])
    cancel(connection, reserve(connection, request(product_id, 9)).id, ANONYMOUS)
    assert available(connection, product_id) == 9
    reserve(connection, request(product_id, 9))


def test_moves_no_units_for_a_reserve_it_must_refuse(connection: Connection) -> None:
    product_id = product(connection, slots=[3, 2, 4])
    with pytest.raises(InsufficientStock):
        reserve(connection, request(product_id, 10))
    assert connection.execute("SELECT available FROM stock ORDER BY slot").fetchall() == [(3,), (2,), (4,)]


def test_takes_lapsed_holds_back_when_stock_is_short(connection: Connection) -> None:
    product_id = product(connection, 4)
    old = [lapsed(connection, product_id, 2) for _ in range(2)]
    reserve(connection, request(product_id, 3))
    assert [status(connection, hold.id) for hold in old] == [("EXPIRED", "reclaim")] * 2
    assert available(connection, product_id) == 1


def test_leaves_lapsed_holds_alone_while_stock_suffices(connection: Connection) -> None:
    product_id = product(connection, 4)
    old = lapsed(connection, product_id, 2)
    reserve(connection, request(product_id, 2))
    assert status(connection, old.id) == ("ACTIVE", None)


def test_waits_for_units_that_another_is_just_expiring(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 1)
    old = lapsed(connection, product_id)
    with Rival(database_url) as shopper:
        with connection.transaction():
            expire(connection, old.id)
            shopper.start(lambda own: reserve(own, request(product_id)))
        assert shopper.result().status == ReservationStatus.ACTIVE


def test_waits_for_a_stock_row_that_another_holds(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 1)
    with Rival(database_url) as shopper:
        with connection.transaction():
            lock_slots(connection, product_id)
            shopper.start(lambda own: reserve(own, request(product_id)))
        assert shopper.result().quantity == 1


def test_passes_over_a_stock_row_that_another_holds(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[5, 5])
    with connection.transaction():
        lock_slots(connection, product_id, [0])
        with impatient(database_url) as other:
            reserved = [reserve(other, request(product_id)) for _ in range(5)]
    assert len(reserved) == 5
    assert connection.execute("SELECT available FROM stock ORDER BY slot").fetchall() == [(5,), (0,)]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("+1 minute", None), ("+1 minute", "+2 minutes"), (None, "-1 minute"), ("-2 minutes", "-1 minute")],
)
def test_refuses_outside_the_sale_window(connection: Connection, starts: str | None, ends: str | None) -> None:
    product_id = product(connection, 10)
    set_window(connection, starts, ends)
    with pytest.raises(SaleNotOpen) as refusal:
        reserve(connection, request(product_id))
    assert (refusal.value.starts_at is None, refusal.value.ends_at is None) == (starts is None, ends is None)
    assert available(connection, product_id) == 10


@pytest.mark.parametrize(("starts", "ends"), [("-1 minute", None), ("-1 minute", "+1 minute"), (None, "+1 minute")])
def test_reserves_inside_the_sale_window(connection: Connection, starts: str | None, ends: str | None) -> None:
    product_id = product(connection, 10)
    set_window(connection, starts, ends)
    assert reserve(connection, request(product_id)).quantity == 1


def set_window(connection: Connection, starts: str | None, ends: str | None) -> None:
    """Set the window of every product relative to now."""
    connection.execute(
        "UPDATE products SET sale_starts_at = now() + %s::interval, sale_ends_at = now() + %s::interval", [starts, ends]
    )


def sum_of_totals(connection: Connection, product_id: object) -> int:
    """Return how many units a product has in all."""
    row = connection.execute("SELECT sum(total) FROM stock WHERE product_id = %s", [product_id]).fetchone()
    assert row is not None
    return int(row[0])
