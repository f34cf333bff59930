"""Reservations of any shopper, found and released by an admin."""

import json
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.complete import complete
from tests import factories
from tests.http.gateway import event
from tests.http.shop import IPHONE, Shop
from tests.logs import logged

LIST = "/admin/reservations"
NOBODYS = UUID(int=1)


@pytest.fixture
def admin(shop: Shop) -> Shop:
    """Give the admin ada a shop of their own."""
    return shop.as_admin("ada")


def listed(admin: Shop, **query: object) -> list[Any]:
    reply = admin.send(event("GET", LIST, query={name: [str(value)] for name, value in query.items()}))
    assert reply.status == 200, reply.body
    assert isinstance(reply.json, list)
    return reply.json


def ids(admin: Shop, **query: object) -> list[str]:
    return [one["id"] for one in listed(admin, **query)]


def test_a_reservation_is_shown_with_its_shopper(shop: Shop, admin: Shop) -> None:
    shopper_id = uuid4()
    made = shop.as_shopper(shopper_id).reserve(2)
    (found,) = listed(admin, reservationId=made["id"])
    assert found == {
        "id": made["id"],
        "productId": IPHONE,
        "productName": "iPhone 15 Pro Max",
        "shopperId": str(shopper_id),
        "quantity": 2,
        "totalPrice": 2398,
        "currency": "USD",
        "status": "ACTIVE",
        "createdAt": made["createdAt"],
        "expiresAt": made["expiresAt"],
        "endedAt": None,
        "endedBy": None,
        "extensionsLeft": 10,
    }


def test_a_shoppers_reservations_are_listed_newest_first(shop: Shop, admin: Shop) -> None:
    shopper_id = uuid4()
    shopper = shop.as_shopper(shopper_id)
    first, second = shopper.reserve()["id"], shopper.reserve()["id"]
    shopper.post(f"/reservations/{first}/complete")
    shop.as_shopper().reserve()
    assert ids(admin, shopperId=shopper_id) == [second, first]
    assert ids(admin, shopperId=shopper_id, status="ACTIVE") == [second]
    assert [one["endedBy"] for one in listed(admin, shopperId=shopper_id)] == [None, "shopper"]
    assert ids(admin, shopperId=NOBODYS) == ids(admin, reservationId=NOBODYS) == []


def test_of_a_product_the_running_holds_are_listed(admin: Shop, connection: Connection) -> None:
    product_id = factories.product(connection)
    running = factories.active(connection, product_id)
    factories.lapsed(connection, product_id)
    complete(connection, factories.active(connection, product_id).id, ANONYMOUS)
    factories.active(connection, factories.product(connection))
    assert ids(admin, productId=product_id, status="ACTIVE") == [str(running.id)]


def test_a_lapsed_hold_reads_as_expired_by_nobody_yet(admin: Shop, connection: Connection) -> None:
    hold = factories.lapsed(connection, factories.product(connection))
    (found,) = listed(admin, reservationId=hold.id)
    assert (found["status"], found["endedBy"]) == ("EXPIRED", None)
    assert found["endedAt"] == found["expiresAt"]


def test_reservations_come_in_pages_whose_links_keep_the_parameters(admin: Shop, connection: Connection) -> None:
    product_id = factories.product(connection)
    made = [str(factories.active(connection, product_id).id) for _ in range(5)]
    connection.execute("UPDATE reservations SET created_at = '2026-11-27T09:00:00Z'")  # one instant
    found, query = [], f"?productId={product_id}&status=ACTIVE&limit=2"
    while query:
        reply = admin.get(f"{LIST}{query}")
        assert len(reply.json) <= 2
        found += [one["id"] for one in reply.json]
        query = reply.headers.get("Link", "").partition("<")[2].partition(">")[0]
        if query:
            assert parse_qs(query[1:]).keys() == {"productId", "status", "limit", "after"}
    assert found == sorted(made, reverse=True)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "shopperId"),
        ({"shopperId": IPHONE, "reservationId": IPHONE}, "shopperId"),
        ({"productId": IPHONE}, "status"),
        ({"productId": IPHONE, "status": "EXPIRED"}, "status"),
        ({"shopperId": "ada"}, "shopperId"),
        ({"shopperId": "\x00"}, "shopperId"),
        ({"shopperId": "\ud800"}, "shopperId"),
        ({"shopperId": IPHONE, "limit": "101"}, "limit"),
        ({"shopperId": IPHONE, "limit": "0"}, "limit"),
        ({"shopperId": IPHONE, "after": "x"}, "after"),
        ({"shopperId": IPHONE, "more": "x"}, "more"),
    ],
)
def test_a_bad_query_is_refused_by_name(unchanged_shop: Shop, query: dict[str, str], field: str) -> None:
    asked = event("GET", LIST, query={name: [value] for name, value in query.items()})
    reply = unchanged_shop.as_admin().send(asked)
    assert (reply.status, reply.problem) == (400, "invalid-request")
    assert [error["field"] for error in reply.json["errors"]] == [field]


def test_a_released_hold_is_cancelled_by_the_admin_everywhere(shop: Shop, admin: Shop) -> None:
    shopper = shop.as_shopper()
    made = shopper.reserve(3)
    with logged() as lines:
        reply = admin.post(f"{LIST}/{made['id']}/release")
    assert reply.status == 200
    assert (reply.json["status"], reply.json["endedBy"]) == ("CANCELLED", "admin")
    assert listed(admin, reservationId=made["id"]) == [reply.json]
    (line,) = [line for line in lines.parsed if line["message"] == "released"]
    assert (line["reservation_id"], line["made_by"]) == (made["id"], "ada")
    (change,) = admin.get("/admin/changes").json
    assert (change["madeBy"], change["action"], change["productName"]) == ("ada", "release", "iPhone 15 Pro Max")
    assert change["details"] == {"reservationId": made["id"], "quantity": 3}
    shown = shopper.get(f"/reservations/{made['id']}").json
    assert shown["status"] == "CANCELLED"
    assert shown["timeline"][-1].items() >= {"event": "CANCELLED", "by": "admin"}.items()
    assert shop.get(f"/products/{IPHONE}").json["availableStock"] == 10


def test_a_release_counts_as_cancelled_in_the_sale(shop: Shop, admin: Shop) -> None:
    admin.post(f"{LIST}/{shop.reserve(2)['id']}/release")
    (product,) = [one for one in admin.get("/admin/sale").json["products"] if one["id"] == IPHONE]
    assert product["lastMinute"].items() >= {"reserved": 2, "cancelled": 2}.items()


def test_what_has_ended_is_not_released(shop: Shop, admin: Shop, connection: Connection) -> None:
    sold = shop.reserve()["id"]
    shop.post(f"/reservations/{sold}/complete")
    lapsed = factories.lapsed(connection, factories.product(connection)).id
    replies = [admin.post(f"{LIST}/{one}/release") for one in (sold, lapsed, NOBODYS, "x")]
    assert [(reply.status, reply.problem) for reply in replies] == [
        (409, "not-active"),
        (410, "reservation-expired"),
        (404, "not-found"),
        (404, "not-found"),
    ]
    assert admin.get("/admin/changes").json == []


def test_a_paused_sale_is_refused_and_shown(shop: Shop, admin: Shop) -> None:
    body = json.dumps({"paused": True}).encode()
    path, headers = f"/admin/products/{IPHONE}", {"Content-Type": "application/json"}
    assert admin.request("PATCH", path, body, headers).json["paused"] is True
    reply = shop.post("/reservations", {"productId": IPHONE, "quantity": 1})
    assert (reply.status, reply.problem, reply.json["title"]) == (409, "sale-paused", "Sale paused")
    assert shop.get(f"/products/{IPHONE}").json["paused"] is True
    for listing in (admin.get("/admin/products").json, admin.get("/admin/sale").json["products"]):
        assert [one["id"] for one in listing if one["paused"]] == [IPHONE]
    (change,) = admin.get("/admin/changes").json
    assert (change["action"], change["details"]) == ("change", {"paused": True})
    assert admin.post(f"/admin/products/{IPHONE}/restock", {"quantity": 1}).json["paused"] is True


@pytest.mark.parametrize("paused", [None, 0, "true"])
def test_a_pause_that_is_no_boolean_is_refused(unchanged_shop: Shop, paused: object) -> None:
    body = json.dumps({"paused": paused}).encode()
    headers = {"Content-Type": "application/json"}
    reply = unchanged_shop.as_admin().request("PATCH", f"/admin/products/{IPHONE}", body, headers)
    assert (reply.status, reply.json["errors"][0]["field"]) == (400, "paused")
