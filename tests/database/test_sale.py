"""A sale as operators see it live: where the units are, and what happened in a time, without reading whole tables."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db import connection as database
from chalicelib.db import sale, sale_report
from chalicelib.db.sale import Events, State
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.expire import expire
from tests.factories import active, completed, lapsed, let_lapse, product

pytestmark = pytest.mark.slow

MINUTE = timedelta(minutes=1)
Advance = Callable[[float], None]


@pytest.fixture
def product_id(connection: Connection) -> UUID:
    """Put twenty units on sale."""
    return product(connection, 20)


def state(connection: Connection) -> State:
    """Return the state of the only product."""
    (found,) = sale.states(connection)
    return found


def events(connection: Connection) -> set[tuple[str, str, int, int]]:
    """Return the events of the last minute of the only product."""
    with sale.snapshot(connection) as at:
        found = sale.events(connection, at - MINUTE, at + MINUTE)
    return {(one.event, one.by, one.entries, one.units) for one in found}


def test_every_unit_is_in_stock_held_or_sold(connection: Connection, product_id: UUID) -> None:
    active(connection, product_id, 3), lapsed(connection, product_id, 2), completed(connection, product_id, 4)
    found = state(connection)
    assert (found.in_stock, found.held, found.lapsed) == (11, 5, 2)
    assert (found.product.total_stock, found.product.available_stock) == (20, 13)


def test_every_event_is_counted_by_its_cause(connection: Connection, product_id: UUID) -> None:
    completed(connection, product_id, 2), cancel(connection, active(connection, product_id, 3).id, ANONYMOUS)
    hold = active(connection, product_id, 4)
    let_lapse(connection, hold.id)
    expire(connection, hold.id)
    restock(connection, product_id, -1, "ada")
    assert events(connection) == {
        ("RESTOCKED", "admin", 2, 19),
        ("RESERVED", "shopper", 2, 5),  # the third began an hour ago
        ("COMPLETED", "shopper", 1, 2),
        ("CANCELLED", "shopper", 1, 3),
        ("EXPIRED", "message", 1, 4),
    }


def test_a_time_begins_with_its_first_instant_and_ends_before_its_last(
    connection: Connection, product_id: UUID
) -> None:
    at = active(connection, product_id).created_at
    made = Events(product_id, "RESERVED", "shopper", 1, 1)
    instant = timedelta(milliseconds=1)
    assert made in sale.events(connection, at, at + instant)
    assert made not in sale.events(connection, at - MINUTE, at)
    assert made not in sale.events(connection, at + instant, at + MINUTE)


def test_a_minute_is_found_by_indexes_among_many_rows(database_url: str) -> None:
    with database.connect(database_url) as own:
        own.execute(
            "WITH ended AS ("
            "  INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at,"
            "                            status, ended_at, ended_by)"
            "  SELECT gen_random_uuid(), 0, gen_random_uuid(), 1, 1, at, at + interval '1 s', 'EXPIRED',"
            "         at + interval '1 s', 'sweep'"
            "  FROM (SELECT now() - make_interval(secs => 30000 - second) FROM generate_series(1, 30000) AS second)"
            "  AS made (at) RETURNING *"
            ") INSERT INTO journal (at, event, product_id, reservation_id, quantity, by)"
            " SELECT ended_at, 'EXPIRED', product_id, id, quantity, ended_by FROM ended"
        )
        own.execute("VACUUM ANALYZE reservations, journal")
        plan = own.execute("EXPLAIN SELECT * FROM sale_events(now() - interval '1 minute', now())").fetchall()
    assert "on reservations_times" in str(plan)
    assert "on journal_times" in str(plan)
    assert "Seq Scan" not in str(plan)


def test_delays_are_percentiles_by_product(connection: Connection, product_id: UUID) -> None:
    for seconds in range(1, 11):
        hold = active(connection, product_id)
        let_lapse(connection, hold.id, seconds)
        expire(connection, hold.id)
    with sale.snapshot(connection) as at:
        (found,) = sale.delays(connection, at - MINUTE, at + MINUTE)
    assert [round(one) for one in (found.median, found.p90, found.p99, found.longest)] == [5, 9, 10, 10]


def test_figures_of_a_snapshot_fit_together(connection: Connection, product_id: UUID, database_url: str) -> None:
    with database.connect(database_url) as shopper, sale.snapshot(connection):
        before = state(connection)
        active(shopper, product_id, 2)
        assert state(connection) == before
    assert state(connection).held == 2


def test_a_snapshot_leaves_the_connection_as_it_was(connection: Connection) -> None:
    with sale.snapshot(connection):
        assert connection.execute("SHOW transaction_isolation").fetchone() == ("repeatable read",)
    assert connection.execute("SHOW transaction_isolation").fetchone() == ("read committed",)


def test_connections_are_counted(connection: Connection, database_url: str) -> None:
    before = sale.connections(connection)
    with database.connect(database_url):
        assert sale.connections(connection).open >= 1
    assert 0 < before.open <= before.allowed


def report(connection: Connection) -> sale_report.Report:
    """Return the report of the last two minutes."""
    with sale.snapshot(connection) as at:
        return sale_report.read(connection, at - 2 * MINUTE, at + MINUTE)


def test_a_product_is_sold_out_when_its_last_unit_is_reserved(
    connection: Connection, advance: Advance, product_id: UUID
) -> None:
    first = active(connection, product_id, 15)
    advance(10)
    last = active(connection, product_id, 5)
    advance(10)
    cancel(connection, first.id, ANONYMOUS)
    active(connection, product_id, 15)  # sold out once more
    (course,) = report(connection).courses
    assert (course.first_reserved_at, course.sold_out_at) == (first.created_at, last.created_at)


def test_a_product_with_a_unit_left_is_not_sold_out(connection: Connection, product_id: UUID) -> None:
    active(connection, product_id, 19)
    assert report(connection).courses[0].sold_out_at is None


def test_units_that_were_restocked_later_do_not_hide_that_it_was_sold_out(
    connection: Connection, advance: Advance, product_id: UUID
) -> None:
    last = active(connection, product_id, 20)
    advance(1)
    restock(connection, product_id, 30, "ada")
    active(connection, product_id, 1)
    assert report(connection).courses[0].sold_out_at == last.created_at


def test_the_top_shoppers_are_those_who_bought_the_most(connection: Connection, product_id: UUID) -> None:
    for units in (5, 3, 1):
        completed(connection, product_id, units, shopper_id=uuid4())
    completed(connection, product_id, 2)
    active(connection, product_id, 4, shopper_id=uuid4())  # not bought
    (found,) = report(connection).shoppers
    assert (found.shoppers, found.units, found.anonymous_units) == (3, 9, 2)
    assert (found.of_the_top, found.of_the_top_ten) == (5, 9)


def test_only_ten_shoppers_are_in_the_top_ten(connection: Connection) -> None:
    product_id = product(connection, 100)
    for units in range(1, 13):
        completed(connection, product_id, units, shopper_id=uuid4())
    (found,) = report(connection).shoppers
    assert (found.shoppers, found.units, found.of_the_top_ten) == (12, 78, 75)


def test_addresses_are_counted_by_their_tokens(connection: Connection) -> None:
    for minute, address, issued in ((0, "192.0.2.1", 3), (1, "192.0.2.1", 2), (0, "192.0.2.2", 1), (9, "192.0.2.3", 7)):
        connection.execute(
            "INSERT INTO guest_tokens VALUES (%s, date_trunc('minute', now()) - make_interval(mins => %s), %s)",
            [address, minute, issued],
        )
    found = report(connection).addresses
    assert (found.tokens, found.addresses, found.of_the_top, found.of_the_top_ten) == (6, 2, 5, 6)


def test_the_timeline_has_what_was_reserved_sold_and_returned(
    connection: Connection, advance: Advance, product_id: UUID
) -> None:
    first = active(connection, product_id, 2)
    advance(60)
    completed(connection, product_id, 3)
    cancel(connection, first.id, ANONYMOUS)
    beginning, *later = report(connection).timeline
    moved = [(one.reserved, one.completed, one.returned) for one in (beginning, *later)]
    assert moved[0] == (2, 0, 0)
    assert [sum(units) for units in zip(*moved[1:], strict=True)] == [3, 3, 2]  # one part, or two on a slow machine
    assert (beginning.at, beginning.product_id) == (first.created_at, product_id)
    assert all((one.at - beginning.at).total_seconds() > 50 for one in later)
