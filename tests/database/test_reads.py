"""Reading: what the clock says is true before any job has made it so in the rows."""

from collections.abc import Callable
from uuid import UUID, uuid4

from psycopg import Connection

from chalicelib.db import products, reservations
from chalicelib.db.products import Product
from chalicelib.db.reservations import Page, ReservationStatus
from chalicelib.identity.shoppers import ANONYMOUS
from tests.factories import active, completed, lapse_now, lapsed, product

Advance = Callable[[float], None]


def shown(connection: Connection, product_id: UUID) -> Product:
    found = products.find(connection, product_id)
    assert found is not None
    return found


def test_a_lapsed_hold_reads_expired_at_the_instant_of_its_lapse(connection: Connection, advance: Advance) -> None:
    reservation = active(connection, product(connection), hold_seconds=60)
    advance(60)
    found = reservations.find(connection, reservation.id, ANONYMOUS)
    assert found is not None
    assert (found.status, found.ended_at) == (ReservationStatus.EXPIRED, reservation.expires_at)


def test_a_hold_that_lapses_during_a_transaction_reads_expired_in_it(connection: Connection) -> None:
    hold = active(connection, product(connection, 10), 4)
    with connection.transaction():
        assert shown(connection, hold.product_id).available_stock == 6
        lapse_now(connection, hold.id)
        found = reservations.find(connection, hold.id, ANONYMOUS)
        assert found is not None
        assert found.status == ReservationStatus.EXPIRED
        assert shown(connection, hold.product_id).available_stock == 10


def test_a_lapsed_hold_s_units_read_available(connection: Connection, advance: Advance) -> None:
    product_id = product(connection, 10)
    active(connection, product_id, 4, hold_seconds=60)
    assert shown(connection, product_id).available_stock == 6
    advance(60)
    assert shown(connection, product_id).available_stock == 10


def test_total_is_all_slots_together(connection: Connection) -> None:
    product_id = product(connection, slots=[5, 0, 7])
    completed(connection, product_id, 3)
    found = shown(connection, product_id)
    assert (found.total_stock, found.available_stock) == (12, 9)


def test_next_release_is_the_earliest_hold_that_has_not_lapsed(connection: Connection) -> None:
    product_id = product(connection)
    lapsed(connection, product_id)
    later, sooner = (active(connection, product_id, hold_seconds=seconds) for seconds in (300, 200))
    completed(connection, product_id)
    assert later.expires_at > sooner.expires_at
    assert shown(connection, product_id).next_release_at == sooner.expires_at


def test_there_is_no_next_release_without_holds(connection: Connection) -> None:
    product_id = product(connection)
    lapsed(connection, product_id)
    assert shown(connection, product_id).next_release_at is None


def test_products_come_by_name(connection: Connection) -> None:
    first, second = product(connection), product(connection)
    connection.execute("UPDATE products SET name = 'B' WHERE id = %s", [first])
    connection.execute("UPDATE products SET name = 'A' WHERE id = %s", [second])
    assert [found.id for found in products.list_for_sale(connection)] == [second, first]


def test_a_shopper_sees_their_own_reservations_only(connection: Connection) -> None:
    product_id, shopper = product(connection), uuid4()
    mine, _ = active(connection, product_id, shopper_id=shopper), active(connection, product_id)
    assert [found.id for found in reservations.list_page(connection, shopper, Page(10))] == [mine.id]
    assert reservations.find(connection, mine.id, uuid4()) is None


def test_pages_go_on_where_the_last_ended_even_within_one_instant(connection: Connection) -> None:
    product_id = product(connection, 50)
    for _ in range(7):
        active(connection, product_id)
    connection.execute("UPDATE reservations SET created_at = now() - interval '1 minute', expires_at = now()")
    seen: list[UUID] = []
    after = None
    while page := reservations.list_page(connection, ANONYMOUS, Page(3, after=after)):
        seen += [found.id for found in page]
        after = (page[-1].created_at, page[-1].id)
    assert len(seen) == 7
    assert seen == sorted(seen, reverse=True)


def test_the_status_filter_follows_the_clock_too(connection: Connection) -> None:
    product_id = product(connection)
    running, over = active(connection, product_id), lapsed(connection, product_id)
    by_status = {
        status: [found.id for found in reservations.list_page(connection, ANONYMOUS, Page(9, status))]
        for status in ReservationStatus
    }
    assert by_status == {"ACTIVE": [running.id], "EXPIRED": [over.id], "COMPLETED": [], "CANCELLED": []}
