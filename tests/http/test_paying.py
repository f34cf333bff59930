"""Completing with a payment over HTTP."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib import payment_provider
from chalicelib.payment_provider import Charge
from tests import factories
from tests.http.gateway import Reply
from tests.http.shop import Shop
from tests.paying import recorded

PAYMENT = {"paymentReference": "payment-1"}
REFUND = {"refundRequired": True, "paymentReference": "payment-1"}


def pay(shop: Shop, reservation_id: object, body: Any = PAYMENT) -> Reply:
    return shop.post(f"/reservations/{reservation_id}/complete", body)


def test_a_hold_is_completed_and_repeating_gives_the_same_reply(shop: Shop, connection: Connection) -> None:
    hold = shop.reserve(2)
    first, second = (pay(shop, hold["id"]) for _ in range(2))
    assert (first.status, first.headers["Cache-Control"]) == (200, "private, no-store")
    assert (first.json["id"], first.json["status"], first.json["replaces"]) == (hold["id"], "COMPLETED", None)
    assert (second.status, second.body) == (200, first.body)
    assert len(recorded(connection)) == 1


@pytest.mark.parametrize("body", [None, {}, {"paymentReference": None}])
def test_without_a_reference_the_payment_is_a_mock(shop: Shop, connection: Connection, body: Any) -> None:
    reply = pay(shop, shop.reserve()["id"], body)
    assert (reply.status, reply.json["status"], recorded(connection)) == (200, "COMPLETED", [])


def test_a_late_payment_buys_the_same_units_again(shop: Shop, connection: Connection) -> None:
    lapsed = factories.lapsed(connection, factories.product(connection, 2), 2)
    first, second = (pay(shop, lapsed.id) for _ in range(2))
    assert (first.status, first.json["status"], first.json["quantity"]) == (200, "COMPLETED", 2)
    assert first.json["replaces"] == str(lapsed.id) != first.json["id"]
    assert second.body == first.body
    assert shop.get(f"/reservations/{lapsed.id}").json["status"] == "EXPIRED"
    assert shop.queue.sent == []  # nothing of it can lapse


def test_a_payment_that_comes_too_late_must_be_refunded(shop: Shop, connection: Connection) -> None:
    product_id = factories.product(connection, 1)
    lapsed = factories.lapsed(connection, product_id)
    factories.completed(connection, product_id)
    for _ in range(2):
        reply = pay(shop, lapsed.id)
        assert (reply.status, reply.problem) == (410, "reservation-expired")
        assert reply.json.items() >= REFUND.items()
    [refund] = shop.as_admin().get("/admin/refunds").json
    assert (refund["paymentReference"], refund["reservationId"]) == ("payment-1", str(lapsed.id))


def test_a_payment_for_a_cancelled_reservation_must_be_refunded(shop: Shop) -> None:
    hold = shop.reserve()
    shop.post(f"/reservations/{hold['id']}/cancel")
    reply = pay(shop, hold["id"])
    assert (reply.status, reply.problem) == (409, "not-active")
    assert reply.json.items() >= {"reservationStatus": "CANCELLED", **REFUND}.items()


def test_a_declined_payment_leaves_the_hold_as_it_is(shop: Shop) -> None:
    hold = shop.reserve()
    reply = pay(shop, hold["id"], {"paymentReference": "declined-1"})
    assert (reply.status, reply.problem) == (402, "payment-declined")
    assert shop.reservation(f"/reservations/{hold['id']}") == hold


def test_a_payment_is_used_once(shop: Shop) -> None:
    paid, other = shop.reserve(), shop.reserve()
    pay(shop, paid["id"])
    reply = pay(shop, other["id"])
    assert (reply.status, reply.problem) == (409, "payment-used")
    assert shop.reservation(f"/reservations/{other['id']}") == other


def test_a_reservation_of_another_shopper_can_not_be_paid_for(shop: Shop, connection: Connection) -> None:
    hold = factories.active(connection, factories.product(connection), shopper_id=uuid4())
    for stranger in (shop, shop.as_shopper()):
        assert pay(stranger, hold.id).status == 404
    assert (factories.status(connection, hold.id), recorded(connection)) == (("ACTIVE", None), [])


def test_a_body_that_names_no_payment_is_refused_and_changes_nothing(shop: Shop, connection: Connection) -> None:
    hold = shop.reserve()
    for body in ({"paymentReference": "a b"}, {**PAYMENT, "amount": 1}, []):
        reply = pay(shop, hold["id"], body)
        assert (reply.status, reply.problem) == (400, "invalid-request")
    assert (shop.reservation(f"/reservations/{hold['id']}"), recorded(connection)) == (hold, [])


def test_an_empty_body_has_no_media_type(shop: Shop) -> None:
    path = f"/reservations/{shop.reserve()['id']}/complete"
    assert shop.request("POST", path, b"", {"Content-Type": "text/plain"}).status == 200


class Decliner:
    """A provider that confirms nothing, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str | None, Charge]] = []

    def confirms(self, reference: str | None, charge: Charge) -> bool:
        """Confirm nothing."""
        self.asked.append((reference, charge))
        return False


@pytest.mark.parametrize("body", [None, {}, {"paymentReference": None}, PAYMENT])
def test_a_provider_that_confirms_nothing_completes_nothing(
    shop: Shop, connection: Connection, monkeypatch: pytest.MonkeyPatch, body: Any
) -> None:
    provider = Decliner()
    monkeypatch.setattr(payment_provider, "current", lambda: provider)
    shopper_id = uuid4()
    shopper = shop.as_shopper(shopper_id)
    hold = shopper.reserve(2)
    reply = pay(shopper, hold["id"], body)
    assert (reply.status, reply.problem) == (402, "payment-declined")
    assert (shopper.reservation(f"/reservations/{hold['id']}"), recorded(connection)) == (hold, [])
    reference = body.get("paymentReference") if body else None
    assert provider.asked == [(reference, Charge(UUID(hold["id"]), shopper_id, Decimal(2 * 1199), "USD"))]
