"""What admins look at: where every unit is, what was changed, and what must be refunded."""

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from psycopg import Connection

from chalicelib.db import connection as database
from tests import factories
from tests.http.admin_requests import LISTS, NEW, PRODUCTS, refund_required
from tests.http.gateway import event
from tests.http.shop import IPHONE, Shop, opened

PAGES_MAX = 9


@pytest.fixture
def admin(shop: Shop) -> Shop:
    """Give an admin a shop of their own."""
    return shop.as_admin("ada")


def following(admin: Shop, path: str, limit: int) -> list[list[Any]]:
    """Return every page of a list."""
    pages, query = [], f"?limit={limit}"
    while query:
        reply = admin.get(path + query)
        assert reply.status == 200, reply.body
        pages.append(reply.json)
        assert len(pages) <= PAGES_MAX, "the list has no end"
        query = reply.headers.get("Link", "").partition("<")[2].partition(">")[0]
    return pages


def test_no_cache_keeps_what_admins_read(unchanged_shop: Shop) -> None:
    for path in LISTS:
        reply = unchanged_shop.as_admin().get(path)
        assert (reply.status, reply.headers["Cache-Control"]) == (200, "private, no-store")


def test_the_audit_shows_where_every_unit_of_every_product_is(shop: Shop, admin: Shop) -> None:
    shop.reserve(2)
    shop.post(f"/reservations/{shop.reserve(3)['id']}/complete")
    lines = admin.get("/admin/audit").json
    assert [line["name"] for line in lines] == [product["name"] for product in shop.get("/products").json]
    assert all(line["balanced"] and line["journalAgrees"] for line in lines)
    units = {"total": 10, "available": 5, "held": 2, "sold": 3}
    assert next(line for line in lines if line["productId"] == IPHONE) == {
        "productId": IPHONE,
        "name": "iPhone 15 Pro Max",
        **units,
        "balanced": True,
        "journal": units,
        "journalAgrees": True,
    }


def test_the_audit_shows_a_lost_unit(database_url: str) -> None:
    with database.connect(database_url) as own, opened(database_url) as shop:
        lost, gained = factories.product(own, 5), factories.product(own, 5)
        own.execute("UPDATE stock SET available = 4 WHERE product_id = %s", [lost])
        own.execute("UPDATE stock SET available = 6, total = 6 WHERE product_id = %s", [gained])
        lines = {line["productId"]: line for line in shop.as_admin().get("/admin/audit").json}
        assert (lines[str(lost)]["balanced"], lines[str(lost)]["journalAgrees"]) == (False, False)
        assert (lines[str(gained)]["balanced"], lines[str(gained)]["journalAgrees"]) == (True, False)


def test_changes_are_listed_newest_first_with_their_admin_and_members(admin: Shop) -> None:
    made = admin.post(PRODUCTS, json.loads(NEW)).json["id"]
    admin.with_token(admin.as_admin("bob").token).post(f"/admin/products/{made}/restock", {"quantity": 5})
    second, first = admin.get("/admin/changes").json
    assert first.keys() == {"id", "madeAt", "madeBy", "productId", "productName", "action", "details"}
    assert (first["madeBy"], first["action"], first["details"]) == ("ada", "create", json.loads(NEW))
    assert (second["madeBy"], second["action"], second["details"]) == ("bob", "restock", {"quantity": 5})
    assert first["productId"] == second["productId"] == made
    assert first["productName"] == second["productName"] == "Lamp"
    assert first["id"] < second["id"]
    assert first["madeAt"] <= second["madeAt"]


@pytest.mark.parametrize(("limit", "sizes"), [(2, [2, 2, 1]), (5, [5])])
def test_changes_come_in_pages(admin: Shop, limit: int, sizes: list[int]) -> None:
    for quantity in range(1, 6):
        admin.post(f"/admin/products/{IPHONE}/restock", {"quantity": quantity})
    pages = following(admin, "/admin/changes", limit)
    assert [len(page) for page in pages] == sizes
    assert [change["details"]["quantity"] for page in pages for change in page] == [5, 4, 3, 2, 1]


def test_a_refused_change_is_not_listed(admin: Shop) -> None:
    admin.post(f"/admin/products/{IPHONE}/restock", {"quantity": -11})
    assert admin.get("/admin/changes").json == []


def test_payments_to_refund_are_listed_newest_first(admin: Shop, connection: Connection) -> None:
    first = refund_required(connection, "pay-1", at="2026-11-27T09:00:00Z")
    second = refund_required(connection, "pay-2", at="2026-11-27T09:00:01Z")
    open_refund = {"recordedAt": "2026-11-27T09:00:00.000Z", "settledAt": None, "settledBy": None}
    whole = {"amount": 19.99, "currency": "USD", **open_refund}
    assert admin.get("/admin/refunds").json == [
        {"paymentReference": "pay-2", "reservationId": str(second), **whole, "recordedAt": "2026-11-27T09:00:01.000Z"},
        {"paymentReference": "pay-1", "reservationId": str(first), **whole},
    ]


def test_payments_that_bought_something_need_no_refund(admin: Shop, connection: Connection) -> None:
    sold = factories.completed(connection, factories.product(connection))
    connection.execute(
        "INSERT INTO payments (reference, reservation_id, amount, outcome, completed_id)"
        " VALUES ('pay-1', %(id)s, 10, 'SETTLED', %(id)s)",
        {"id": sold.id},
    )
    assert admin.get("/admin/refunds").json == []


@pytest.mark.parametrize(("limit", "sizes"), [(2, [2, 2, 1]), (5, [5])])
def test_refunds_come_in_pages_even_within_one_instant(
    admin: Shop, connection: Connection, limit: int, sizes: list[int]
) -> None:
    references = [f"pay/{number}?&=<>%" for number in range(5)]
    for reference in references:
        refund_required(connection, reference, at="2026-11-27T09:00:00Z")
    pages = following(admin, "/admin/refunds", limit)
    assert [len(page) for page in pages] == sizes
    assert [refund["paymentReference"] for page in pages for refund in page] == references[::-1]


def test_a_page_before_an_unknown_payment_is_empty(admin: Shop, connection: Connection) -> None:
    refund_required(connection, "pay-1")
    assert admin.get("/admin/refunds?before=pay-2").json == []


@pytest.mark.parametrize(
    ("resource", "name", "value"),
    [
        *((resource, "limit", "0") for resource in LISTS[1:]),
        ("/admin/changes", "before", "x"),
        ("/admin/refunds", "before", "a b"),
    ],
)
def test_a_bad_query_is_refused_by_name(unchanged_shop: Shop, resource: str, name: str, value: str) -> None:
    reply = unchanged_shop.as_admin().send(event("GET", resource, query={name: [value]}))
    assert (reply.status, reply.problem) == (400, "invalid-request")
    assert [error["field"] for error in reply.json["errors"]] == [name]


def test_the_link_to_the_next_page_keeps_the_parameters(admin: Shop, connection: Connection) -> None:
    refund_required(connection, "pay-1"), refund_required(connection, "pay&2")
    link = admin.get("/admin/refunds?limit=1").headers["Link"]
    assert parse_qs(link.partition("?")[2].partition(">")[0]) == {"limit": ["1"], "before": ["pay&2"]}
    assert link.endswith('; rel="next"')
