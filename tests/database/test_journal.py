"""The journal: what a reservation went through, and stock rebuilt from it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db import connection as database
from chalicelib.db import journal, reservations
from chalicelib.db.connection import Database
from chalicelib.db.journal import Balance
from chalicelib.db.reservations import Reservation
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from chalicelib.lifecycle.extend import extend
from tests.factories import active, completed, lapsed, product

Advance = Callable[[float], None]
LESS_HELD = "UPDATE reservations SET quantity = 1 WHERE status = 'ACTIVE'"


def timeline(connection: Connection, reservation_id: UUID) -> list[tuple[str, str]]:
    entries = reservations.find_timeline(connection, reservation_id)
    instants = [entry.at for entry in entries]
    assert instants == sorted(instants)
    return [(entry.event, entry.by) for entry in entries]


def at(connection: Connection, reservation_id: UUID) -> list[datetime]:
    return [entry.at for entry in reservations.find_timeline(connection, reservation_id)]


def hold(connection: Connection) -> Reservation:
    return active(connection, product(connection, 5), 2, hold_seconds=60, max_extensions=1)


def test_a_hold_was_reserved(connection: Connection) -> None:
    one = hold(connection)
    assert timeline(connection, one.id) == [("RESERVED", "shopper")]
    assert at(connection, one.id) == [one.created_at]


@pytest.mark.parametrize(("end", "event"), [(complete, "COMPLETED"), (cancel, "CANCELLED")])
def test_the_shopper_s_ending_is_told(connection: Connection, end: Callable[..., Reservation], event: str) -> None:
    ended = end(connection, hold(connection).id, ANONYMOUS)
    assert timeline(connection, ended.id) == [("RESERVED", "shopper"), (event, "shopper")]
    assert at(connection, ended.id) == [ended.created_at, ended.ended_at]


def test_an_extension_is_told(connection: Connection, advance: Advance) -> None:
    one = hold(connection)
    advance(50)
    extend(connection, one.id, ANONYMOUS)
    assert timeline(connection, one.id) == [("RESERVED", "shopper"), ("EXTENDED", "shopper")]
    first, second = at(connection, one.id)
    assert second - first >= timedelta(seconds=50)


def test_a_lapse_is_told_at_its_instant_by_the_clock(connection: Connection, advance: Advance) -> None:
    one = hold(connection)
    advance(61)
    assert timeline(connection, one.id) == [("RESERVED", "shopper"), ("LAPSED", "clock")]
    assert at(connection, one.id) == [one.created_at, one.expires_at]


def by_message(connection: Connection, environment: Database, one: Reservation) -> None:
    del environment
    expire(connection, one.id)


def by_sweep(connection: Connection, environment: Database, one: Reservation) -> None:
    del connection, one
    sweep(environment)


def by_reclaim(connection: Connection, environment: Database, one: Reservation) -> None:
    del environment
    active(connection, one.product_id, 5)


@pytest.mark.parametrize(("by", "end"), [("message", by_message), ("sweep", by_sweep), ("reclaim", by_reclaim)])
def test_who_put_the_units_back_is_told_after_the_lapse(
    connection: Connection, environment: Database, advance: Advance, by: str, end: Callable[..., None]
) -> None:
    one = hold(connection)
    advance(100)
    end(connection, environment, one)
    assert timeline(connection, one.id) == [("RESERVED", "shopper"), ("LAPSED", "clock"), ("EXPIRED", by)]
    reserved, lapse, expired = at(connection, one.id)
    assert (reserved, lapse) == (one.created_at, one.expires_at)
    assert expired - lapse >= timedelta(seconds=40)


def test_a_timeline_is_found_by_its_index(connection: Connection) -> None:
    connection.execute("SET enable_seqscan = off")
    plan = connection.execute(
        "EXPLAIN SELECT FROM journal WHERE reservation_id = gen_random_uuid() AND event <> 'RESERVED'"
    ).fetchall()
    assert "journal_of_a_reservation" in str(plan)


def assert_audited(connection: Connection, units: Balance) -> None:
    """Fail unless rows and journal of the one product have these units."""
    (product_audit,) = journal.audit(connection)
    assert (product_audit.rows, product_audit.journal) == (units, units)
    assert product_audit.balanced
    assert product_audit.journal_agrees


def test_the_audit_counts_every_unit_twice(connection: Connection) -> None:
    product_id = product(connection, 20)
    active(connection, product_id, 2), lapsed(connection, product_id, 3), completed(connection, product_id, 4)
    cancel(connection, active(connection, product_id, 5).id, ANONYMOUS)
    expire(connection, lapsed(connection, product_id, 1).id)
    restock(connection, product_id, 30, "ada"), restock(connection, product_id, -10, "ada")
    assert_audited(connection, Balance(total=40, available=34, held=2, sold=4))


def test_the_audit_knows_products_without_units(connection: Connection) -> None:
    product(connection, 0)
    assert_audited(connection, Balance(total=0, available=0, held=0, sold=0))


def test_the_audit_comes_by_name(connection: Connection) -> None:
    first, second = product(connection), product(connection)
    connection.execute("UPDATE products SET name = 'A' WHERE id = %s", [second])
    assert [line.product_id for line in journal.audit(connection)] == [second, first]


@pytest.mark.parametrize(
    ("tampering", "balanced", "agrees"),
    [
        ("SELECT 1", True, True),
        ("UPDATE stock SET available = available - 1", False, False),
        ("UPDATE stock SET available = available + 1, total = total + 1", True, False),
        (LESS_HELD, False, False),
        ("UPDATE reservations SET quantity = 1 WHERE status = 'COMPLETED'", False, False),
        (
            f"{LESS_HELD}; UPDATE stock SET total = total - 1",
            True,
            False,
        ),
        (
            "INSERT INTO journal (at, event, product_id, quantity, by)"
            " SELECT now(), 'RESTOCKED', id, 1, 'admin' FROM products",
            True,
            False,
        ),
    ],
)
def test_the_audit_tells_a_unit_that_went_another_way(
    database_url: str, tampering: str, balanced: bool, agrees: bool
) -> None:
    with database.connect(database_url) as own:
        product_id = product(own, 9)
        active(own, product_id, 2), completed(own, product_id, 3)
        for statement in tampering.split(";"):
            own.execute(statement)
        (line,) = journal.audit(own)
        assert (line.balanced, line.journal_agrees) == (balanced, agrees)
