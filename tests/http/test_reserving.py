"""Reserving over HTTP."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.aws import expiry_queue
from tests import factories
from tests.http.gateway import reserve_event
from tests.http.shop import IPHONE, Shop
from tests.logs import logged

MEMBERS = {
    *("id", "productId", "productName", "quantity", "unitPrice", "status"),
    *("createdAt", "expiresAt", "completedAt", "cancelledAt", "expiredAt", "replaces"),
    *("extendableAt", "extensionsLeft"),
}


def test_the_reply_is_the_whole_reservation_and_says_where_it_is(shop: Shop) -> None:
    reply = shop.post("/reservations", {"productId": IPHONE, "quantity": 3})
    reservation = reply.json
    assert reply.status == 201
    assert reply.headers["Location"] == f"reservations/{reservation['id']}"
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert reservation.keys() == MEMBERS
    assert reservation.items() >= {"productId": IPHONE, "productName": "iPhone 15 Pro Max", "quantity": 3}.items()
    assert reservation.items() >= {"unitPrice": 1199, "status": "ACTIVE", "completedAt": None}.items()
    assert (reservation["cancelledAt"], reservation["expiredAt"]) == (None, None)
    assert (reservation["extensionsLeft"], reservation["replaces"]) == (10, None)


def test_the_hold_lasts_as_long_as_the_product_says(shop: Shop) -> None:
    reservation = shop.reserve()
    created, extendable, expires = (
        datetime.fromisoformat(reservation[name]) for name in ("createdAt", "extendableAt", "expiresAt")
    )
    assert (expires - created, expires - extendable) == (timedelta(seconds=120), timedelta(seconds=30))


def test_one_message_is_sent_for_the_end_of_the_hold(shop: Shop) -> None:
    reservation = shop.reserve()
    assert shop.queue.sent == [(UUID(reservation["id"]), 120.0)]


def test_a_failing_queue_does_not_fail_the_reserve(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)  # without a region boto3 finds no endpoint
    monkeypatch.setattr(expiry_queue, "current", lambda: expiry_queue.ExpiryQueue("http://127.0.0.1:9/queue"))
    with logged() as lines:
        reservation = shop.reserve()
    line = lines.about("expiry message not sent; the sweep will expire this hold")
    assert line["reservation_id"] == reservation["id"]


def test_a_refusal_for_lack_of_stock_has_the_available_units_and_the_next_release(shop: Shop) -> None:
    first = shop.reserve(8)
    reply = shop.post("/reservations", {"productId": IPHONE, "quantity": 3})
    assert (reply.status, reply.problem) == (409, "insufficient-stock")
    assert reply.json.items() >= {"availableStock": 2, "nextReleaseAt": first["expiresAt"]}.items()
    assert shop.get(f"/products/{IPHONE}").json["availableStock"] == 2
    assert len(shop.queue.sent) == 1


def test_a_sold_out_product_has_no_next_release(shop: Shop, connection: Connection) -> None:
    product_id = factories.product(connection, 1)
    factories.completed(connection, product_id)
    reply = shop.post("/reservations", {"productId": str(product_id), "quantity": 1})
    assert (reply.status, reply.json["availableStock"], reply.json["nextReleaseAt"]) == (409, 0, None)


def test_units_of_a_lapsed_hold_are_sold_to_the_next_shopper(shop: Shop, connection: Connection) -> None:
    product_id = factories.product(connection, 1)
    factories.lapsed(connection, product_id)
    assert shop.reserve(1, str(product_id))["status"] == "ACTIVE"


def test_a_reserve_outside_the_sale_is_refused_with_the_window(shop: Shop, connection: Connection) -> None:
    product_id = factories.product(connection, 1)
    connection.execute("UPDATE products SET sale_starts_at = '2999-01-01Z' WHERE id = %s", [product_id])
    reply = shop.post("/reservations", {"productId": str(product_id), "quantity": 1})
    assert (reply.status, reply.problem) == (409, "sale-not-open")
    assert (reply.json["saleStartsAt"], reply.json["saleEndsAt"]) == ("2999-01-01T00:00:00.000Z", None)
    assert shop.queue.sent == []


def test_an_unknown_product_is_not_found(unchanged_shop: Shop) -> None:
    reply = unchanged_shop.post("/reservations", {"productId": str(uuid4()), "quantity": 1})
    assert (reply.status, reply.problem) == (404, "not-found")


def test_of_two_quantities_in_a_body_the_last_one_is_reserved(shop: Shop) -> None:
    reply = shop.send(reserve_event(f'{{"productId": "{IPHONE}", "quantity": 5, "quantity": 2}}'))
    assert (reply.status, reply.json["quantity"]) == (201, 2)
