"""Requests that extend and pay for holds, one for each reply that they may get."""

import json
from collections.abc import Iterator
from uuid import UUID

from psycopg import Connection

from chalicelib.formats import Json
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from tests import factories
from tests.http.gateway import event

EXTEND = "/reservations/{reservation_id}/extend"
COMPLETE = "/reservations/{reservation_id}/complete"
JSON = {"Content-Type": "application/json"}
NOBODYS = UUID(int=1)


def pay_event(reservation_id: object, reference: str) -> Json:
    """Return the event for completing with a payment."""
    return event("POST", COMPLETE, str(reservation_id), body=json.dumps({"paymentReference": reference}), headers=JSON)


def extending(connection: Connection) -> Iterator[Json]:
    """Extend a hold, one too early, one that has no extension left, and what is no hold."""
    product_id = factories.product(connection, 50)
    hold, used = (factories.extendable(connection, product_id, max_extensions=times) for times in (1, 0))
    early = factories.active(connection, product_id, max_extensions=1)
    over = (factories.completed(connection, product_id), factories.lapsed(connection, product_id))
    for reservation_id in (hold.id, early.id, used.id, *(one.id for one in over), NOBODYS):
        yield event("POST", EXTEND, str(reservation_id))


def paying(connection: Connection) -> Iterator[Json]:
    """Pay in time, late, too late, twice, not at all, and in words that nobody understands."""
    product_id, scarce = factories.product(connection, 50), factories.product(connection, 1)
    paid, other, cancelled = (factories.active(connection, product_id).id for _ in range(3))
    cancel(connection, cancelled, ANONYMOUS)
    late, too_late = factories.lapsed(connection, product_id).id, factories.lapsed(connection, scarce).id
    factories.completed(connection, scarce)
    yield from (pay_event(paid, "a"), pay_event(paid, "a"), pay_event(other, "a"), pay_event(other, "declined"))
    yield from (pay_event(late, "b"), pay_event(too_late, "c"), pay_event(cancelled, "d"), pay_event(NOBODYS, "e"))
    yield from (event("POST", COMPLETE, str(other), body=body, headers=JSON) for body in ("[]", " " * 40_000))
    yield event("POST", COMPLETE, str(other), body="{}", headers={"Content-Type": "text/plain"})
