"""Requests of admins that provoke each reply that the description of their routes promises."""

from collections.abc import Iterator
from uuid import UUID, uuid4

from psycopg import Connection

from chalicelib.formats import Json
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.identity.tokens import Bearer, Scope
from chalicelib.lifecycle.complete import complete
from tests import factories
from tests.http.gateway import event
from tests.http.shop import IPHONE, token_for

PRODUCTS = "/admin/products"
PRODUCT = "/admin/products/{product_id}"
RESTOCK = "/admin/products/{product_id}/restock"
HOLDS = "/admin/reservations"
RELEASE = "/admin/reservations/{reservation_id}/release"
SETTLE = "/admin/refunds/{payment_reference}/settle"
SALE = (PRODUCTS, "/admin/sale", "/admin/report")
LISTS = ("/admin/audit", "/admin/changes", "/admin/refunds")
NEW = '{"name": "Lamp", "price": 19.99, "totalStock": 60}'
ROUTES = [
    ("POST", PRODUCTS, NEW),
    ("PATCH", PRODUCT, '{"price": 5, "saleEndsAt": "2030-01-01T00:00:00Z"}'),
    ("POST", RESTOCK, '{"quantity": -1}'),
    *(("GET", resource, None) for resource in (*SALE, *LISTS)),
]
"""Each route of admins, with a body that it takes."""


def authorization(scope: Scope = Scope.ADMIN) -> dict[str, str]:
    """Return the header of an admin, or of a shopper."""
    subject = "ada" if scope is Scope.ADMIN else str(uuid4())
    return {"Authorization": f"Bearer {token_for(Bearer(subject, scope))}"}


def administering(connection: Connection) -> Iterator[Json]:
    """Ask for everything that an admin can get, refusals included."""
    headers = authorization()
    refund_required(connection, "pay-1"), refund_required(connection, "pay-2")
    for method, resource, body in ROUTES:
        yield event(method, resource, IPHONE, body=body, headers=headers)
        yield event(method, resource, IPHONE, body=body, headers=authorization(Scope.SHOPPER))
        if body:
            for wrong in ("{", " " * 40_000):
                yield event(method, resource, IPHONE, body=wrong, headers=headers)
            yield event(method, resource, IPHONE, body=body, headers={**headers, "Content-Type": "text/plain"})
        if "{" in resource:
            yield event(method, resource, str(UUID(int=1)), body=body, headers=headers)
    yield from (with_headers(asked, headers) for asked in finding_and_ending(connection))
    yield event("POST", RESTOCK, IPHONE, body='{"quantity": -1000}', headers=headers)
    yield event("GET", "/admin/report", headers=headers, query={"since": ["today"]})
    for resource in LISTS[1:]:
        for limit in ("0", "1"):
            yield event("GET", resource, headers=headers, query={"limit": [limit]})


def finding_and_ending(connection: Connection) -> Iterator[Json]:
    """Find holds, release those that run and those that do not, and deal with a refund."""
    product_id = factories.product(connection, 9)
    hold, other, sold = (factories.active(connection, product_id).id for _ in range(3))
    complete(connection, sold, ANONYMOUS)
    lapsed = factories.lapsed(connection, product_id).id
    for query in (
        {"productId": [str(product_id)], "status": ["ACTIVE"], "limit": ["1"]},
        {"reservationId": [str(other)]},
        {"shopperId": [str(ANONYMOUS)]},
        {},
    ):
        yield event("GET", HOLDS, query=query)
    for reservation_id in (hold, hold, sold, lapsed, UUID(int=1)):
        yield event("POST", RELEASE, str(reservation_id))
    yield from (event("POST", SETTLE, reference) for reference in ("pay-1", "pay-1", "pay-3"))
    yield event("GET", "/admin/refunds", query={"status": ["settled"]})


def with_headers(asked: Json, headers: dict[str, str]) -> Json:
    """Return a request with these headers too."""
    return {**asked, "headers": {**asked["headers"], **headers}}


def refund_required(connection: Connection, reference: str, **instant: str) -> UUID:
    """Record a payment that came too late; return the reservation that it was for."""
    reservation = factories.lapsed(connection, factories.product(connection, 1))
    connection.execute(
        "INSERT INTO payments (reference, reservation_id, amount, outcome, recorded_at)"
        " VALUES (%s, %s, 19.99, 'REFUND_REQUIRED', coalesce(%s::timestamptz, instant_now()))",
        [reference, reservation.id, instant.get("at")],
    )
    return reservation.id
