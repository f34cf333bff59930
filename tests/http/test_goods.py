"""What a product looks like and in which currency it is sold, as admins set it and as everyone reads it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from psycopg import Connection

from chalicelib.catalog import sample_data
from tests.http.admin_requests import NEW, PRODUCTS, refund_required
from tests.http.gateway import Reply
from tests.http.shop import IPHONE, Shop, opened_as_in_aws

JSON = {"Content-Type": "application/json"}
ORIGINS = "https://images.test,https://cdn.test:8443"
GOODS = {
    "description": "Brass, in B flat.",
    "imageUrl": "https://images.test/sax.webp",
    "illustration": "headphones",
    "currency": "EUR",
}


@pytest.fixture
def admin(database_url: str, connection: Connection) -> Iterator[Shop]:
    """Open a shop that takes images of two other origins, as an admin."""
    sample_data.load(connection)
    with opened_as_in_aws(database_url, IMAGE_ORIGINS=ORIGINS) as shop:
        yield shop.as_admin("ada")


def change(admin: Shop, **members: Any) -> Reply:
    return admin.request("PATCH", f"/admin/products/{IPHONE}", json.dumps(members).encode(), JSON)


def test_a_new_product_is_shown_as_it_was_described(admin: Shop) -> None:
    made = admin.post(PRODUCTS, {**json.loads(NEW), **GOODS})
    assert made.status == 201
    assert made.json.items() >= GOODS.items()
    assert admin.get(f"/products/{made.json['id']}").json == made.json
    assert made.json in admin.get("/products").json
    restocked = admin.post(f"/admin/products/{made.json['id']}/restock", {"quantity": 1}).json
    assert restocked == {**made.json, "availableStock": 61, "totalStock": 61}


def test_description_and_pictures_change_and_are_cleared(admin: Shop) -> None:
    new = {"description": "Boxed.", "imageUrl": "/images/phone.webp", "illustration": "tablet"}
    assert change(admin, **new).json.items() >= new.items()
    assert change(admin, **dict.fromkeys(new)).json.items() >= dict.fromkeys(new).items()


@pytest.mark.parametrize(
    "address",
    [
        "https://other.test/sax.webp",
        "https://images.test:8443/sax.webp",
        "https://images.test.evil.test/sax.webp",
        "https://cdn.test/sax.webp",
        "http://images.test/sax.webp",
        "//images.test/sax.webp",
    ],
)
def test_an_image_of_another_origin_is_refused(admin: Shop, address: str) -> None:
    before = admin.get("/admin/products").json
    for reply in (admin.post(PRODUCTS, {**json.loads(NEW), "imageUrl": address}), change(admin, imageUrl=address)):
        assert (reply.status, reply.problem) == (400, "invalid-request")
        assert [error["field"] for error in reply.json["errors"]] == ["imageUrl"]
    assert admin.get("/admin/products").json == before


@pytest.mark.parametrize("address", ["/images/sax.webp", "https://images.test/a", "https://cdn.test:8443/a?b=c"])
def test_an_own_image_and_one_of_a_listed_origin_are_taken(admin: Shop, address: str) -> None:
    assert change(admin, imageUrl=address).json["imageUrl"] == address


def test_only_own_images_are_taken_unless_origins_are_listed(shop: Shop) -> None:
    admin = shop.as_admin()
    assert change(admin, imageUrl="https://images.test/a").status == 400
    assert change(admin, imageUrl="/images/a").status == 200


def test_the_currency_stays_so_that_the_prices_of_reservations_keep_their_meaning(admin: Shop) -> None:
    reply = change(admin, currency="EUR")
    assert (reply.status, [error["field"] for error in reply.json["errors"]]) == (400, ["currency"])
    assert admin.get(f"/products/{IPHONE}").json["currency"] == "USD"


def test_admins_read_amounts_with_their_currency(admin: Shop, connection: Connection) -> None:
    shopper = admin.as_shopper()
    made = admin.post(PRODUCTS, {**json.loads(NEW), **GOODS}).json
    hold = shopper.reserve(2, made["id"])
    path = f"/admin/reservations?reservationId={hold['id']}"
    assert [(one["totalPrice"], one["currency"]) for one in admin.get(path).json] == [(39.98, "EUR")]
    assert admin.post(f"/admin/reservations/{hold['id']}/release").json["currency"] == "EUR"
    refund_required(connection, "pay-1")
    assert [refund["currency"] for refund in admin.get("/admin/refunds").json] == ["USD"]
    assert admin.post("/admin/refunds/pay-1/settle").json["currency"] == "USD"
