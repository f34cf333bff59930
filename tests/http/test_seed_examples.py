"""The examples of the reference product's manual, against this API: the same shapes, and more members."""

from typing import Any

from tests.http.shop import IPHONE, Shop

RESERVATION = {"id", "productId", "quantity", "status", "createdAt", "expiresAt"}


def reserve_as_in_the_manual(shop: Shop) -> Any:
    body = b'{\n    "productId": "550e8400-e29b-41d4-a716-446655440000",\n    "quantity": 1\n  }'
    reply = shop.request("POST", "/reservations", body, {"Content-Type": "application/json"})
    assert reply.status == 201
    return reply.json


def test_products_are_listed(shop: Shop) -> None:
    reply = shop.get("/products")
    assert reply.status == 200
    (iphone,) = [product for product in reply.json if product["id"] == IPHONE]
    assert (
        iphone.items()
        >= {
            "name": "iPhone 15 Pro Max",
            "price": 1199,
            "availableStock": 10,
            "totalStock": 10,
        }.items()
    )


def test_a_product_is_reserved(shop: Shop) -> None:
    reservation = reserve_as_in_the_manual(shop)
    assert reservation.keys() >= RESERVATION
    assert (reservation["productId"], reservation["quantity"], reservation["status"]) == (IPHONE, 1, "ACTIVE")


def test_a_reservation_is_completed_by_an_empty_post(shop: Shop) -> None:
    reservation = reserve_as_in_the_manual(shop)
    reply = shop.post(f"/reservations/{reservation['id']}/complete")
    assert reply.status == 200
    assert reply.json.keys() >= RESERVATION
    assert reply.json["status"] == "COMPLETED"


def test_all_reservations_are_listed(shop: Shop) -> None:
    reservation = reserve_as_in_the_manual(shop)
    reply = shop.get("/reservations")
    assert (reply.status, reply.json) == (200, [reservation])


def test_one_reservation_is_shown(shop: Shop) -> None:
    reservation = reserve_as_in_the_manual(shop)
    assert shop.reservation(f"/reservations/{reservation['id']}") == reservation


def test_a_reserve_after_the_last_unit_is_refused_with_insufficient_stock(shop: Shop) -> None:
    shop.reserve(9)
    reserve_as_in_the_manual(shop)
    reply = shop.post("/reservations", {"productId": IPHONE, "quantity": 1})
    assert (reply.status, reply.problem) == (409, "insufficient-stock")
    assert reply.json["detail"].startswith("Insufficient stock")
