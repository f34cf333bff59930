"""Admins put products on sale, change and restock them, over HTTP."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from psycopg import Connection

from tests import factories
from tests.http.admin_requests import NEW, PRODUCT, PRODUCTS, RESTOCK
from tests.http.conftest import SharedShop
from tests.http.gateway import Reply, event
from tests.http.shop import IPHONE, Shop

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def admin(shop: Shop) -> Shop:
    """Give an admin a shop of their own."""
    return shop.as_admin("ada")


def change(admin: Shop, product_id: str = IPHONE, **members: Any) -> Reply:
    body = json.dumps(members).encode()
    return admin.request("PATCH", f"/admin/products/{product_id}", body, JSON)


def restock(admin: Shop, quantity: int, product_id: str = IPHONE) -> Reply:
    return admin.post(f"/admin/products/{product_id}/restock", {"quantity": quantity})


def changes(connection: Connection) -> list[Any]:
    return connection.execute("SELECT made_by, action, details FROM admin_changes ORDER BY id").fetchall()


def test_a_new_product_is_shown_and_can_be_reserved(shop: Shop, admin: Shop, connection: Connection) -> None:
    reply = admin.post(PRODUCTS, json.loads(NEW))
    assert reply.status == 201
    made = reply.json
    assert made == {
        "id": made["id"],
        **json.loads(NEW),
        "availableStock": 60,
        "holdSeconds": 120,
        "maxPerShopper": None,
        "saleStartsAt": None,
        "saleEndsAt": None,
        "nextReleaseAt": None,
        "paused": False,
        "waiting": 0,
        "description": None,
        "imageUrl": None,
        "illustration": None,
        "currency": "USD",
    }
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert reply.headers["Location"] == f"../products/{made['id']}"
    assert shop.get(f"/products/{made['id']}").json == made
    assert shop.reserve(3, made["id"])["unitPrice"] == 19.99
    assert changes(connection) == [("ada", "create", json.loads(NEW))]


def test_conditions_of_a_new_product_are_kept(admin: Shop) -> None:
    conditions = {
        "holdSeconds": 30,
        "maxPerShopper": 2,
        "saleStartsAt": "2026-11-27T09:00:00.000Z",
        "saleEndsAt": "2026-11-27T10:00:00.000Z",
    }
    made = admin.post(PRODUCTS, {**json.loads(NEW), **conditions}).json
    assert made.items() >= conditions.items()


@pytest.mark.parametrize("escaped", [False, True])
def test_the_longest_texts_of_any_script_fit_into_a_request(admin: Shop, escaped: bool) -> None:
    texts = {"name": "🎁" * 200, "description": "🎁" * 2_000, "imageUrl": f"/{'a' * 1_999}"}
    body = json.dumps({**json.loads(NEW), **texts}, ensure_ascii=escaped).encode()
    made = admin.request("POST", PRODUCTS, body, JSON)
    assert made.status == 201
    assert made.json.items() >= texts.items()


def test_two_products_may_have_the_same_name(admin: Shop) -> None:
    first, second = (admin.post(PRODUCTS, json.loads(NEW)).json["id"] for _ in range(2))
    assert first != second


def test_a_changed_product_is_shown(shop: Shop, admin: Shop, connection: Connection) -> None:
    before = shop.get(f"/products/{IPHONE}").json
    reply = change(admin, price=999.5, maxPerShopper=1)
    assert (reply.status, reply.json) == (200, {**before, "price": 999.5, "maxPerShopper": 1})
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert shop.get(f"/products/{IPHONE}").json == reply.json
    assert changes(connection) == [("ada", "change", {"price": 999.5, "maxPerShopper": 1})]


def test_a_condition_that_was_removed_is_shown_as_null(admin: Shop) -> None:
    change(admin, holdSeconds=5, maxPerShopper=1, saleEndsAt="2030-01-01T00:00:00Z")
    reply = change(admin, holdSeconds=None, maxPerShopper=None, saleEndsAt=None)
    assert reply.json.items() >= {"holdSeconds": 120, "maxPerShopper": None, "saleEndsAt": None}.items()


def test_a_changed_hold_length_applies_to_later_holds_alone(shop: Shop, admin: Shop) -> None:
    before = shop.reserve()
    change(admin, holdSeconds=1000)
    assert shop.reservation(f"/reservations/{before['id']}")["expiresAt"] == before["expiresAt"]
    assert shop.get(f"/products/{IPHONE}").json["nextReleaseAt"] == before["expiresAt"]


def test_a_new_limit_applies_at_once(shop: Shop, admin: Shop) -> None:
    change(admin, maxPerShopper=2)
    reply = shop.as_shopper().post("/reservations", {"productId": IPHONE, "quantity": 3})
    assert (reply.status, reply.problem) == (409, "limit-exceeded")


def test_a_new_end_of_the_sale_applies_at_once(shop: Shop, admin: Shop) -> None:
    change(admin, saleEndsAt="2001-01-01T00:00:00Z")
    reply = shop.post("/reservations", {"productId": IPHONE, "quantity": 1})
    assert (reply.status, reply.problem) == (409, "sale-not-open")


@pytest.mark.parametrize(("quantity", "left"), [(90, 98), (-8, 0)])
def test_restocked_units_are_shown(shop: Shop, admin: Shop, connection: Connection, quantity: int, left: int) -> None:
    shop.reserve(2)
    reply = restock(admin, quantity)
    assert (reply.status, reply.json["availableStock"], reply.json["totalStock"]) == (200, left, left + 2)
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert shop.get(f"/products/{IPHONE}").json == reply.json
    assert changes(connection) == [("ada", "restock", {"quantity": quantity})]


def test_units_that_are_held_or_sold_can_not_be_taken_out(shop: Shop, admin: Shop, connection: Connection) -> None:
    held = shop.reserve(2)
    factories.completed(connection, factories.UUID(IPHONE), 3)
    before = shop.get(f"/products/{IPHONE}").json
    reply = restock(admin, -6)
    assert (reply.status, reply.problem) == (409, "insufficient-stock")
    assert reply.json["detail"].startswith("Insufficient stock")
    assert (reply.json["availableStock"], reply.json["nextReleaseAt"]) == (5, held["expiresAt"])
    assert shop.get(f"/products/{IPHONE}").json == before
    assert changes(connection) == []


def test_products_may_be_restocked_beyond_what_a_new_one_may_have(admin: Shop) -> None:
    made = admin.post(PRODUCTS, {**json.loads(NEW), "totalStock": 10_000_000}).json
    assert restock(admin, 1_000_000, made["id"]).json["totalStock"] == 11_000_000


@pytest.mark.parametrize("body", ['{"quantity": 1}', '{"quantity": 1000000}'])
def test_more_units_than_can_be_counted_are_refused(admin: Shop, connection: Connection, body: str) -> None:
    product_id = factories.product(connection, slots=[2_147_483_647])
    reply = restock(admin, json.loads(body)["quantity"], str(product_id))
    assert (reply.status, reply.problem) == (400, "invalid-request")
    assert [error["field"] for error in reply.json["errors"]] == ["quantity"]
    assert admin.with_token(None).get(f"/products/{product_id}").json["totalStock"] == 2_147_483_647


Ask = Callable[[str, str], Reply]


@pytest.fixture
def ask(unchanged_shop: Shop) -> Ask:
    """Ask as an admin where nothing may change."""
    admin = unchanged_shop.as_admin()
    methods = {PRODUCTS: "POST", PRODUCT: "PATCH", RESTOCK: "POST"}
    return lambda resource, body: admin.send(event(methods[resource], resource, IPHONE, body=body))


@pytest.mark.parametrize(
    ("resource", "body", "field"),
    [
        (PRODUCTS, {"saleStartsAt": "2026-11-27T09:00:00Z", "saleEndsAt": "2026-11-27T09:00:00Z"}, "saleEndsAt"),
        (
            PRODUCTS,
            {"saleStartsAt": "2026-11-27T09:00:00.0004Z", "saleEndsAt": "2026-11-27T09:00:00.0009Z"},
            "saleEndsAt",
        ),
        (PRODUCT, {"saleStartsAt": "2026-11-27T09:00:00Z", "saleEndsAt": "2026-11-27T08:00:00Z"}, "saleEndsAt"),
    ],
)
def test_a_sale_must_end_after_its_start(ask: Ask, resource: str, body: dict[str, str], field: str) -> None:
    whole = {**(json.loads(NEW) if resource == PRODUCTS else {}), **body}
    reply = ask(resource, json.dumps(whole))
    assert (reply.status, reply.problem) == (400, "invalid-request")
    assert [error["field"] for error in reply.json["errors"]] == [field]


@pytest.mark.parametrize("method_and_resource", [("PATCH", PRODUCT), ("POST", RESTOCK)])
@pytest.mark.parametrize("identifier", ["00000000-0000-0000-0000-000000000001", "iPhone", "\x00", "\ud800", ""])
def test_an_unknown_product_is_not_found(
    shared_shop: SharedShop, unchanged_shop: Shop, method_and_resource: tuple[str, str], identifier: str
) -> None:
    del shared_shop
    method, resource = method_and_resource
    body = '{"price": 1}' if method == "PATCH" else '{"quantity": 1}'
    reply = unchanged_shop.as_admin().send(event(method, resource, identifier, body=body))
    assert (reply.status, reply.problem) == (404, "not-found")
