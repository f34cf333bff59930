"""Restocking: units come in and go out, and never one that is held or sold."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db import stock
from chalicelib.db.products import Product
from chalicelib.errors import InsufficientStock, InvalidRequest, NotFound
from tests.factories import active, available, completed, lapsed, product, status

Advance = Callable[[float], None]


def restocked(connection: Connection, product_id: UUID, units: int) -> Product:
    return restock(connection, product_id, units, "ada")


def shares(connection: Connection, product_id: UUID) -> list[tuple[int, int]]:
    """Return total and available of each slot."""
    rows = connection.execute("SELECT total, available FROM stock WHERE product_id = %s ORDER BY slot", [product_id])
    return rows.fetchall()


def entries(connection: Connection, product_id: UUID) -> list[tuple[Any, ...]]:
    rows = connection.execute("SELECT event, quantity, by FROM journal WHERE product_id = %s ORDER BY id", [product_id])
    return rows.fetchall()


def everything(connection: Connection) -> list[Any]:
    return connection.execute(
        "SELECT s::text AS row FROM stock AS s UNION ALL SELECT r::text FROM reservations AS r"
        " UNION ALL SELECT j::text FROM journal AS j UNION ALL SELECT c::text FROM admin_changes AS c ORDER BY row"
    ).fetchall()


def test_units_that_come_in_can_be_reserved(connection: Connection) -> None:
    product_id = product(connection, 2)
    completed(connection, product_id, 2)
    assert restocked(connection, product_id, 3).available_stock == 3
    assert active(connection, product_id, 3).quantity == 3


def test_units_that_go_out_are_gone(connection: Connection) -> None:
    product_id = product(connection, 10)
    active(connection, product_id, 2), completed(connection, product_id, 3)
    taken = restocked(connection, product_id, -5)
    assert (taken.total_stock, taken.available_stock) == (5, 0)


@pytest.mark.parametrize(("units", "slots"), [(15, 1), (39, 1), (40, 2), (90, 4), (1_590, 64), (1_000_000, 64)])
def test_more_units_lie_in_as_many_slots_as_their_number_wants(connection: Connection, units: int, slots: int) -> None:
    product_id = product(connection, 10)
    restocked(connection, product_id, units)
    found = shares(connection, product_id)
    assert len(found) == slots
    assert sum(total for total, _ in found) == 10 + units
    assert all(total == available for total, available in found)


def test_slots_stay_when_units_go(connection: Connection) -> None:
    product_id = product(connection, 100)
    restocked(connection, product_id, -98)
    assert sorted(shares(connection, product_id)) == [(0, 0), (0, 0), (0, 0), (2, 2)]


def test_what_is_held_and_sold_stays_where_it_is_counted(connection: Connection) -> None:
    product_id = product(connection, slots=[6, 2])
    active(connection, product_id, 5), completed(connection, product_id, 2)
    before = shares(connection, product_id)
    restocked(connection, product_id, 3)
    gained = [after[0] - share[0] for after, share in zip(shares(connection, product_id), before, strict=True)]
    assert sorted(gained) == [0, 3]


def test_the_journal_and_the_changes_tell_of_it(connection: Connection) -> None:
    product_id = product(connection, 10)
    restocked(connection, product_id, 7), restocked(connection, product_id, -9)
    assert entries(connection, product_id) == [
        ("RESTOCKED", 10, "admin"),
        ("RESTOCKED", 7, "admin"),
        ("RESTOCKED", -9, "admin"),
    ]
    assert connection.execute(
        "SELECT made_by, product_id, action, details FROM admin_changes ORDER BY id"
    ).fetchall() == [
        ("ada", product_id, "restock", {"quantity": 7}),
        ("ada", product_id, "restock", {"quantity": -9}),
    ]


def test_lapsed_holds_are_taken_back_before_units_go(connection: Connection) -> None:
    product_id = product(connection, 10)
    holds = [lapsed(connection, product_id, 3), lapsed(connection, product_id, 3), lapsed(connection, product_id, 3)]
    assert restocked(connection, product_id, -8).available_stock == 2
    assert [status(connection, hold.id) for hold in holds] == [("EXPIRED", "reclaim")] * 3
    assert available(connection, product_id) == 2


def test_no_more_lapsed_holds_are_taken_back_than_may_be_needed(connection: Connection) -> None:
    product_id = product(connection, 3)
    holds = [lapsed(connection, product_id) for _ in range(3)]
    assert restocked(connection, product_id, -2).available_stock == 1
    assert [status(connection, hold.id)[0] for hold in holds] == ["EXPIRED", "EXPIRED", "ACTIVE"]


def test_units_that_come_in_wait_for_no_lapsed_hold(connection: Connection) -> None:
    product_id = product(connection, 3)
    hold = lapsed(connection, product_id)
    restocked(connection, product_id, 2)
    assert status(connection, hold.id) == ("ACTIVE", None)


def test_more_than_is_neither_held_nor_sold_can_not_go(connection: Connection) -> None:
    product_id = product(connection, 10)
    running = active(connection, product_id, 2)
    completed(connection, product_id, 3), lapsed(connection, product_id, 4)
    before = everything(connection)
    with pytest.raises(InsufficientStock, match=": 6 requested, 5 available") as refusal:
        restocked(connection, product_id, -6)
    assert (refusal.value.available, refusal.value.next_release_at) == (5, running.expires_at)
    assert everything(connection) == before


def test_a_product_that_is_not_there_is_not_found(connection: Connection) -> None:
    for units in (1, -1):
        with pytest.raises(NotFound):
            restocked(connection, uuid4(), units)
    assert everything(connection) == []


def test_no_product_has_more_units_than_can_be_counted(connection: Connection) -> None:
    product_id = product(connection, slots=[stock.TOTAL_MAX - 10])
    assert restocked(connection, product_id, 10).total_stock == stock.TOTAL_MAX
    before = everything(connection)
    with pytest.raises(InvalidRequest) as refusal:
        restocked(connection, product_id, 1)
    assert [field for field, _ in refusal.value.errors] == ["quantity"]
    assert everything(connection) == before


def test_a_restock_that_fails_at_its_end_leaves_nothing(connection: Connection) -> None:
    product_id = product(connection, 10)
    before = everything(connection)
    with pytest.raises(Exception, match="admin_changes_made_by_someone"):
        restock(connection, product_id, 5, "")
    assert everything(connection) == before
