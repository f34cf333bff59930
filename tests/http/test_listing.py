"""A shopper's list of reservations, page by page."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from tests import factories
from tests.http.shop import Shop

BASE = "/reservations"


def pages(shop: Shop, query: str) -> list[list[Any]]:
    """Follow the links of a list to its end."""
    found = []
    while True:
        reply = shop.get(f"{BASE}{query}")
        assert reply.status == 200
        found.append(reply.json)
        if "Link" not in reply.headers:
            return found
        link = re.fullmatch(r'<(\?[^>]+)>; rel="next"', reply.headers["Link"])
        assert link
        query = link[1]


def held_at(connection: Connection, product_id: UUID, *instants: str) -> list[str]:
    """Put holds made at these instants; return their ids in order of the list: newest first, then by id."""
    ids = []
    for instant in instants:
        reservation = factories.active(connection, product_id)
        connection.execute("UPDATE reservations SET created_at = %s WHERE id = %s", [instant, reservation.id])
        ids.append((instant, str(reservation.id)))
    return [identifier for _, identifier in sorted(ids, reverse=True)]


@pytest.fixture
def product_id(connection: Connection) -> UUID:
    return factories.product(connection, 300)


def test_a_list_without_reservations_is_empty_and_private(shop: Shop) -> None:
    reply = shop.get(BASE)
    assert (reply.status, reply.json) == (200, [])
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert "Link" not in reply.headers


@pytest.mark.parametrize(("limit", "sizes"), [(1, [1] * 7), (3, [3, 3, 1]), (7, [7])])
def test_pages_hold_every_reservation_once_newest_first(
    shop: Shop, connection: Connection, product_id: UUID, limit: int, sizes: list[int]
) -> None:
    same, other = "2026-01-02T00:00:00.123Z", "2026-01-02T00:00:00.124Z"
    ids = held_at(connection, product_id, same, other, same, "2026-01-01T00:00:00Z", same, other, same)
    found = pages(shop, f"?limit={limit}")
    assert [reservation["id"] for page in found for reservation in page] == ids
    assert [len(page) for page in found] == sizes


def test_a_page_has_50_reservations_unless_asked_otherwise(
    shop: Shop, connection: Connection, product_id: UUID
) -> None:
    for _ in range(51):
        factories.active(connection, product_id)
    assert [len(page) for page in pages(shop, "")] == [50, 1]


def test_a_status_is_filtered_on_every_page(shop: Shop, connection: Connection, product_id: UUID) -> None:
    completed = [str(factories.completed(connection, product_id).id) for _ in range(3)]
    lapsed = factories.lapsed(connection, product_id)
    active = factories.active(connection, product_id)
    found = pages(shop, "?status=COMPLETED&limit=1")
    assert [reservation["id"] for page in found for reservation in page] == completed[::-1]
    assert [reservation["id"] for reservation in shop.get(f"{BASE}?status=ACTIVE").json] == [str(active.id)]
    assert [reservation["id"] for reservation in shop.get(f"{BASE}?status=EXPIRED").json] == [str(lapsed.id)]
    assert shop.get(f"{BASE}?status=CANCELLED").json == []


def test_a_reservation_made_meanwhile_moves_no_later_page(shop: Shop, connection: Connection, product_id: UUID) -> None:
    ids = held_at(connection, product_id, "2026-01-01T00:00:01Z", "2026-01-01T00:00:02Z", "2026-01-01T00:00:03Z")
    first = shop.get(f"{BASE}?limit=2")
    shop.reserve()
    link = re.fullmatch(r"<(.+)>.*", first.headers["Link"])
    assert link
    assert [reservation["id"] for reservation in shop.get(BASE + link[1]).json] == ids[2:]


def test_reservations_of_another_shopper_are_not_listed(shop: Shop, connection: Connection, product_id: UUID) -> None:
    factories.active(connection, product_id, shopper_id=uuid4())
    assert shop.get(BASE).json == []


def test_a_single_reservation_reads_as_in_the_list(shop: Shop, connection: Connection, product_id: UUID) -> None:
    factories.lapsed(connection, product_id)
    factories.completed(connection, product_id)
    shop.post(f"/reservations/{shop.reserve()['id']}/cancel")
    listed = shop.get(BASE).json
    assert listed == [shop.reservation(f"/reservations/{reservation['id']}") for reservation in listed]
    assert [reservation["status"] for reservation in listed] == ["CANCELLED", "COMPLETED", "EXPIRED"]
