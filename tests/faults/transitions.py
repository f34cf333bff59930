"""Every transition as the system is asked for it, what it answers, and how the product is afterwards."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from psycopg import Connection

from chalicelib.aws.expiry_queue import ExpiryQueue
from chalicelib.db import connection as database
from chalicelib.jobs.expiry_messages import deliver_batch
from chalicelib.jobs.sweep import sweep
from tests import factories, lines
from tests.http.admin_requests import RELEASE, RESTOCK
from tests.http.gateway import Reply, event, reserve_event
from tests.http.hold_requests import COMPLETE, EXTEND, JSON, pay_event
from tests.http.shop import Shop, opened
from tests.http.waiter_requests import JOIN, LEAVE

OF_THIS_RUN = {
    *("id", "productId", "replaces", "earliestOfferAt"),
    *("createdAt", "expiresAt", "extendableAt", "completedAt", "cancelledAt", "expiredAt", "endedAt", "nextReleaseAt"),
}
CANCEL = "/reservations/{reservation_id}/cancel"
NO_QUEUE = ExpiryQueue("http://127.0.0.1:1/")  # nothing is sent: every message comes after the lapse

PRODUCT = """
SELECT (SELECT json_agg(json_build_array(status, quantity, extensions, replaces IS NOT NULL, ended_by)
                        ORDER BY created_at, id) FROM reservations WHERE product_id = %(id)s)::text,
       (SELECT json_agg(outcome) FROM payments JOIN reservations ON reservations.id = reservation_id
        WHERE product_id = %(id)s)::text,
       (SELECT json_agg(json_build_array(made_by, action)) FROM admin_changes WHERE product_id = %(id)s)::text,
       (SELECT json_agg(json_build_array(waiter.status, waiter.quantity, reason, offered.status) ORDER BY number)
        FROM waiters AS waiter LEFT JOIN reservations AS offered ON offered.id = reservation_id
        WHERE waiter.product_id = %(id)s)::text,
       (SELECT json_build_array(total_stock, available_stock) FROM product_now WHERE id = %(id)s)::text
"""


@dataclass(frozen=True)
class Subject:
    """What a transition is about: a product, a reservation or an entry of it, and what the caller names it by."""

    product_id: UUID
    one_id: UUID | None
    reference: str  # an idempotency key or a payment


@dataclass(frozen=True)
class Transition:
    """How to come to the state before, and how to ask for the transition. `repeated` is what a retry may answer too."""

    prepare: Callable[[Connection], tuple[UUID, UUID | None]]
    ask: Callable[[Shop, Subject], Any]
    repeated: tuple[Any, ...] = ()

    def subject(self, connection: Connection) -> Subject:
        """Come to the state before."""
        return Subject(*self.prepare(connection), str(uuid4()))


def state(connection: Connection, product_id: UUID) -> Any:
    """Return the reservations, payments, changes, entries and stock of a product, without ids and times."""
    return connection.execute(PRODUCT, {"id": product_id}).fetchone()


def answer(reply: Reply) -> tuple[int, Any]:
    """Return the status and the body of a reply, without ids and times."""
    body = {name: value for name, value in reply.json.items() if name not in OF_THIS_RUN}
    return reply.status, body.get("type", body)


def ask_once(url: str, name: str, subject: Subject) -> None:
    """Ask for a transition in a new environment; whoever calls this may be killed meanwhile."""
    with opened(url) as shop:
        TRANSITIONS[name].ask(shop, subject)


def _units(connection: Connection) -> tuple[UUID, None]:
    return factories.product(connection, slots=[2]), None


def _lapsed_units(connection: Connection) -> tuple[UUID, None]:
    product_id = factories.product(connection, slots=[2])
    factories.lapsed(connection, product_id, 2)
    return product_id, None


def _scattered_units(connection: Connection) -> tuple[UUID, None]:
    product_id = factories.product(connection, slots=[1, 1, 1])
    factories.lapsed(connection, product_id)
    return product_id, None


def _held(connection: Connection) -> tuple[UUID, UUID]:
    product_id = factories.product(connection, slots=[2])
    return product_id, factories.active(connection, product_id).id


def _extendable(connection: Connection) -> tuple[UUID, UUID]:
    product_id = factories.product(connection, slots=[2])
    return product_id, factories.extendable(connection, product_id).id


def _lapsed(connection: Connection) -> tuple[UUID, UUID]:
    product_id = factories.product(connection, slots=[2])
    return product_id, factories.lapsed(connection, product_id).id


def _held_while_somebody_waits(connection: Connection) -> tuple[UUID, UUID]:
    """The shopper who waits has the product's id."""
    product_id = factories.product(connection, slots=[1, 1])
    hold, _ = (factories.active(connection, product_id) for _ in range(2))
    lines.join(connection, product_id, product_id)
    return product_id, hold.id


def _lapsed_while_somebody_waits(connection: Connection) -> tuple[UUID, UUID]:
    product_id, hold_id = _held_while_somebody_waits(connection)
    factories.let_lapse(connection, hold_id)
    return product_id, hold_id


def _entry(connection: Connection) -> tuple[UUID, UUID]:
    product_id = factories.product(connection, 0)
    return product_id, lines.join(connection, product_id, product_id).id


def _reserve(shop: Shop, subject: Subject) -> Any:
    request = reserve_event(json.dumps({"productId": str(subject.product_id), "quantity": 2}))
    request["headers"]["Idempotency-Key"] = subject.reference
    return answer(shop.send(request))


def _reserve_without_a_key(shop: Shop, subject: Subject) -> Any:
    return answer(shop.send(reserve_event(json.dumps({"productId": str(subject.product_id), "quantity": 1}))))


def _send(path: str) -> Callable[[Shop, Subject], Any]:
    return lambda shop, subject: answer(shop.send(event("POST", path, str(subject.one_id))))


def _pay(shop: Shop, subject: Subject) -> Any:
    return answer(shop.send(pay_event(subject.one_id, subject.reference)))


def _release(shop: Shop, subject: Subject) -> Any:
    return answer(shop.as_admin("ada").send(event("POST", RELEASE, str(subject.one_id))))


def _join(shop: Shop, subject: Subject) -> Any:
    request = event("POST", JOIN, str(subject.product_id), body='{"quantity": 2}', headers=JSON)
    return answer(shop.as_shopper(subject.product_id).send(request))


def _leave(shop: Shop, subject: Subject) -> Any:
    return answer(shop.as_shopper(subject.product_id).send(event("POST", LEAVE, str(subject.one_id))))


def _restock(shop: Shop, subject: Subject) -> Any:
    request = event("POST", RESTOCK, str(subject.product_id), body='{"quantity": 1}', headers=JSON)
    reply = shop.as_admin("ada").send(request)
    return reply.status, reply.json.get("type")


def _deliver(_: Shop, subject: Subject) -> Any:
    record = {"messageId": "1", "body": json.dumps({"reservationId": str(subject.one_id)})}
    return deliver_batch({"Records": [record]}, database.current(), NO_QUEUE)


def _sweep(_: Shop, __: Subject) -> None:
    sweep(database.current())


TRANSITIONS = {
    "reserve": Transition(_units, _reserve),
    "reserve-reclaims": Transition(_lapsed_units, _reserve),
    "reserve-gathers": Transition(_scattered_units, _reserve),
    "complete": Transition(_held, _send(COMPLETE)),
    "pay": Transition(_held, _pay),
    "pay-late": Transition(_lapsed, _pay),
    "cancel": Transition(_held, _send(CANCEL)),
    "release": Transition(_held, _release),
    # Not idempotent, as its description says: the shopper reads the reservation and sees that it was extended.
    "extend": Transition(_extendable, _send(EXTEND), repeated=((409, "urn:flash-sale:problem:extension-too-early"),)),
    "message": Transition(_lapsed, _deliver),
    "sweep": Transition(_lapsed, _sweep),
    "join": Transition(_held, _join),
    "leave": Transition(_entry, _leave),
    "reserve-serves-who-waits": Transition(_lapsed_while_somebody_waits, _reserve),
    "cancel-serves-who-waits": Transition(_held_while_somebody_waits, _send(CANCEL)),
    "release-serves-who-waits": Transition(_held_while_somebody_waits, _release),
    "message-serves-who-waits": Transition(_lapsed_while_somebody_waits, _deliver),
    "sweep-serves-who-waits": Transition(_lapsed_while_somebody_waits, _sweep),
}
NOT_IDEMPOTENT = {
    "reserve-without-a-key": Transition(_units, _reserve_without_a_key),
    "restock": Transition(_units, _restock),
    "restock-serves-who-waits": Transition(_held_while_somebody_waits, _restock),
}
