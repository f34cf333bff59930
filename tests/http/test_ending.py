"""Completing and cancelling over HTTP."""

from uuid import uuid4

import pytest
from psycopg import Connection

from tests import factories
from tests.http.shop import IPHONE, Shop

ENDINGS = [("complete", "COMPLETED", "completedAt", 8), ("cancel", "CANCELLED", "cancelledAt", 10)]
INSTANTS = {"completedAt", "cancelledAt", "expiredAt"}


@pytest.mark.parametrize(("verb", "status", "instant", "available"), ENDINGS)
def test_a_hold_ends_once_and_repeating_gives_the_same_reply(
    shop: Shop, verb: str, status: str, instant: str, available: int
) -> None:
    path = f"/reservations/{shop.reserve(2)['id']}"
    first, second = shop.post(f"{path}/{verb}"), shop.post(f"{path}/{verb}")
    assert (first.status, first.json["status"]) == (200, status)
    assert {name for name in INSTANTS if first.json[name]} == {instant}
    assert first.headers["Cache-Control"] == "private, no-store"
    assert (second.status, second.body) == (200, first.body)
    assert shop.reservation(path) == first.json
    assert shop.get(f"/products/{IPHONE}").json["availableStock"] == available


@pytest.mark.parametrize(("first", "second"), [("complete", "cancel"), ("cancel", "complete")])
def test_an_ended_reservation_can_not_be_ended_in_another_way(shop: Shop, first: str, second: str) -> None:
    path = f"/reservations/{shop.reserve()['id']}"
    ended = shop.post(f"{path}/{first}").json
    reply = shop.post(f"{path}/{second}")
    assert (reply.status, reply.problem) == (409, "not-active")
    assert reply.json["reservationStatus"] == ended["status"]
    assert shop.reservation(path) == ended


@pytest.mark.parametrize("verb", ["complete", "cancel"])
def test_a_lapsed_hold_can_not_be_ended_by_the_shopper(shop: Shop, connection: Connection, verb: str) -> None:
    product_id = factories.product(connection, 1)
    lapsed = factories.lapsed(connection, product_id)
    reply = shop.post(f"/reservations/{lapsed.id}/{verb}")
    assert (reply.status, reply.problem) == (410, "reservation-expired")
    assert factories.status(connection, lapsed.id) == ("ACTIVE", None)
    reading = shop.get(f"/reservations/{lapsed.id}").json
    assert (reading["status"], reading["expiredAt"]) == ("EXPIRED", reading["expiresAt"])


@pytest.mark.parametrize("verb", ["complete", "cancel"])
def test_reservations_of_another_shopper_are_not_found(shop: Shop, connection: Connection, verb: str) -> None:
    foreign = factories.active(connection, factories.product(connection, 1), shopper_id=uuid4())
    for reply in (shop.post(f"/reservations/{foreign.id}/{verb}"), shop.get(f"/reservations/{foreign.id}")):
        assert (reply.status, reply.problem) == (404, "not-found")
    assert factories.status(connection, foreign.id) == ("ACTIVE", None)
    assert shop.get("/reservations").json == []


@pytest.mark.parametrize("verb", ["extend", "cancel"])
def test_a_body_is_not_read(shop: Shop, connection: Connection, verb: str) -> None:
    path = f"/reservations/{shop.extendable(connection)['id']}/{verb}"
    reply = shop.request("POST", path, b"\xff[[[", {"Content-Type": "text/plain"})
    assert reply.status == 200
