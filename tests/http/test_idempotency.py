"""Idempotency keys over HTTP."""

import pytest
from psycopg import Connection

from tests import factories
from tests.http.gateway import Reply
from tests.http.shop import IPHONE, Shop

FIELD = "Idempotency-Key"


def reserve_with(shop: Shop, key: str, quantity: int = 1) -> Reply:
    """Reserve with a key."""
    body = f'{{"productId": "{IPHONE}", "quantity": {quantity}}}'.encode()
    return shop.request("POST", "/reservations", body, {"Content-Type": "application/json", FIELD: key})


@pytest.mark.parametrize("key", ["!", "~" * 255])
def test_a_retry_gives_the_same_reply_marked_as_a_replay(shop: Shop, key: str) -> None:
    first, again = reserve_with(shop, key), reserve_with(shop, key)
    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    assert again.headers["Location"] == first.headers["Location"]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(shop.queue.sent) == 1


def test_another_spelling_of_the_same_body_is_the_same_body(shop: Shop) -> None:
    first = reserve_with(shop, "k")
    body = f'{{ "quantity":1,\n"productId":"{IPHONE.upper()}" }}'.encode()
    again = shop.request("POST", "/reservations", body, {"Content-Type": "application/json", FIELD: "k"})
    assert again.body == first.body


def test_another_body_is_a_mismatch(shop: Shop, connection: Connection) -> None:
    reserve_with(shop, "k")
    reply = reserve_with(shop, "k", quantity=2)
    assert (reply.status, reply.problem) == (422, "idempotency-mismatch")
    assert factories.available(connection, IPHONE) == 9


def test_two_shoppers_may_use_the_same_key(shop: Shop) -> None:
    one, other = reserve_with(shop.as_shopper(), "k"), reserve_with(shop.as_shopper(), "k")
    assert one.json["id"] != other.json["id"]


def test_a_refusal_by_the_limit_names_the_hold(shop: Shop, connection: Connection) -> None:
    connection.execute("UPDATE products SET max_per_shopper = 1")
    shopper = shop.as_shopper()
    hold = reserve_with(shopper, "first").json
    reply = reserve_with(shopper, "second")
    assert (reply.status, reply.problem) == (409, "limit-exceeded")
    assert reply.json.items() >= {"held": 1, "limit": 1, "reservationId": hold["id"]}.items()
    assert "already hold" in reply.json["detail"]
    assert reserve_with(shopper, "first").json == hold
    assert shop.get(f"/products/{IPHONE}").json["maxPerShopper"] == 1
