"""Offers: the holds that shoppers get from a waiting list, their expiry messages and what is told of them."""

import json
from collections.abc import Callable
from unittest.mock import Mock
from uuid import UUID, uuid4

import pytest
from psycopg import Connection
from psycopg.errors import QueryCanceled, SerializationFailure

import app
from chalicelib.aws import expiry_queue
from chalicelib.aws.expiry_queue import ExpiryQueue
from chalicelib.catalog import change as changing
from chalicelib.db.waiters import Waiter
from chalicelib.lifecycle.release import release
from tests.factories import active, let_lapse, product
from tests.http.shop import Shop
from tests.http.test_broken_messages import RULE, Invocation, record
from tests.lines import entry, join, statuses
from tests.logs import facts, logged
from tests.servers import listening, url_of

HOLDER, WAITER = uuid4(), uuid4()
OFFER_SECONDS = 45


@pytest.fixture
def product_id(connection: Connection) -> UUID:
    """Return a product with one unit."""
    return product(connection, 1)


def held_and_waited_for(connection: Connection, product_id: UUID) -> tuple[UUID, Waiter]:
    """Return the hold of the only unit, and the entry of somebody who waits for it."""
    hold = active(connection, product_id, shopper_id=HOLDER)
    return hold.id, join(connection, product_id, WAITER, offer_seconds=OFFER_SECONDS)


def cancelled(shop: Shop, connection: Connection, hold_id: UUID, product_id: UUID) -> None:
    del connection, product_id
    assert shop.as_shopper(HOLDER).post(f"/reservations/{hold_id}/cancel").status == 200


def released(shop: Shop, connection: Connection, hold_id: UUID, product_id: UUID) -> None:
    del connection, product_id
    assert shop.as_admin().post(f"/admin/reservations/{hold_id}/release").status == 200


def expired_by_its_message(shop: Shop, connection: Connection, hold_id: UUID, product_id: UUID) -> None:
    del shop, product_id
    let_lapse(connection, hold_id)
    message = record(1, json.dumps({"reservationId": str(hold_id)}), {})
    assert app.expire({"Records": [message]}, Invocation()) == {"batchItemFailures": []}


def swept(shop: Shop, connection: Connection, hold_id: UUID, product_id: UUID) -> None:
    del shop, product_id
    let_lapse(connection, hold_id)
    assert app.sweep(RULE, Invocation(milliseconds_left=7_000))["passes"] == 1  # no time for a second


def reclaimed_by_a_reserve_that_is_refused(shop: Shop, connection: Connection, hold_id: UUID, product_id: UUID) -> None:
    let_lapse(connection, hold_id)
    reply = shop.post("/reservations", {"productId": str(product_id), "quantity": 1})
    assert (reply.status, reply.problem) == (409, "insufficient-stock")


def paid_too_late(shop: Shop, connection: Connection, hold_id: UUID, product_id: UUID) -> None:
    del product_id
    let_lapse(connection, hold_id)
    body = {"paymentReference": "payment-1"}
    assert shop.as_shopper(HOLDER).post(f"/reservations/{hold_id}/complete", body).status == 410


def restocked(shop: Shop, connection: Connection, hold_id: UUID, product_id: UUID) -> None:
    del connection, hold_id
    assert shop.as_admin().post(f"/admin/products/{product_id}/restock", {"quantity": 1}).status == 200


RETURNS = [
    cancelled,
    released,
    expired_by_its_message,
    swept,
    reclaimed_by_a_reserve_that_is_refused,
    paid_too_late,
    restocked,
]


@pytest.mark.parametrize("returned", RETURNS, ids=lambda returned: returned.__name__)
def test_whoever_returns_a_unit_sends_the_expiry_message_of_the_offer(
    shop: Shop, connection: Connection, product_id: UUID, returned: Callable[[Shop, Connection, UUID, UUID], None]
) -> None:
    hold_id, waiter = held_and_waited_for(connection, product_id)
    with logged() as lines:
        returned(shop, connection, hold_id, product_id)
    offer = entry(connection, waiter)
    assert offer.status == "OFFERED"
    assert shop.queue.sent == [(offer.reservation_id, OFFER_SECONDS)]
    told = {"reservation_id": offer.reservation_id, "waiter_id": waiter.id, "product_id": product_id}
    assert facts(lines.about("offered")).items() >= {name: str(value) for name, value in told.items()}.items()


def stopped_sale(connection: Connection, product_id: UUID) -> None:
    """Let somebody wait for a unit that is in stock, because the sale is paused."""
    hold_id, _ = held_and_waited_for(connection, product_id)
    connection.execute("UPDATE products SET paused = true WHERE id = %s", [product_id])
    release(connection, hold_id, "ada")


def resume(shop: Shop, product_id: UUID) -> int:
    body = json.dumps({"paused": False}).encode()
    path = f"/admin/products/{product_id}"
    return shop.as_admin().request("PATCH", path, body, {"Content-Type": "application/json"}).status


def test_nothing_is_told_of_an_offer_whose_transaction_fails(
    shop: Shop, connection: Connection, product_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped_sale(connection, product_id)
    found = changing.find(connection, product_id)
    monkeypatch.setattr(changing, "find", Mock(side_effect=[found, QueryCanceled]))  # the second is after the hand-over
    with logged() as lines:
        assert resume(shop, product_id) == 503
    assert shop.queue.sent == []
    assert "offered" not in lines.text
    assert statuses(connection, product_id) == [(WAITER, "WAITING", None)]


def test_an_offer_of_a_repeated_transaction_is_told_once(
    shop: Shop, connection: Connection, product_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped_sale(connection, product_id)
    found = changing.find(connection, product_id)
    monkeypatch.setattr(changing, "find", Mock(side_effect=[found, SerializationFailure, found, found]))
    assert resume(shop, product_id) == 200
    ((offered,),) = connection.execute("SELECT id FROM reservations WHERE shopper_id = %s", [WAITER])
    assert shop.queue.sent == [(offered, OFFER_SECONDS)]


def test_a_queue_that_fails_breaks_neither_the_cancel_nor_the_offer(
    shop: Shop, connection: Connection, product_id: UUID, aws_settings: pytest.MonkeyPatch
) -> None:
    with listening() as server:
        closed = url_of(server)
    aws_settings.setenv("AWS_ENDPOINT_URL", closed)
    aws_settings.setattr(expiry_queue, "current", lambda: ExpiryQueue(f"{closed}/expiry"))
    hold_id, waiter = held_and_waited_for(connection, product_id)
    with logged() as lines:
        cancelled(shop, connection, hold_id, product_id)
    offer = entry(connection, waiter)
    assert offer.status == "OFFERED"
    line = lines.about("expiry message not sent; the sweep will expire this hold")
    assert line["reservation_id"] == str(offer.reservation_id)


def test_an_offer_is_a_reservation_of_the_waiter_made_by_the_waiting_list(
    shop: Shop, connection: Connection, product_id: UUID
) -> None:
    hold_id, waiter = held_and_waited_for(connection, product_id)
    cancelled(shop, connection, hold_id, product_id)
    shopper = shop.as_shopper(WAITER)
    (listed,) = shopper.get("/waiters").json
    assert (listed["id"], listed["status"], listed["position"]) == (str(waiter.id), "OFFERED", None)
    reservation = shopper.get(f"/reservations/{listed['reservationId']}").json
    assert (reservation["status"], reservation["quantity"]) == ("ACTIVE", 1)
    assert reservation["timeline"] == [{"at": reservation["createdAt"], "event": "RESERVED", "by": "waiting-list"}]
    assert shopper.post(f"/reservations/{listed['reservationId']}/complete").status == 200
