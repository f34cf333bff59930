"""The authorization matrix: each route of the service, asked by each kind of caller. Refusals leak and change nothing.

A route that is not in the matrix fails it. That those who may are answered, and all else about callers, is in
test_identity.py. Every way in which a token can be bad is in tests/unit/test_bad_tokens.py.
"""

import time

import pytest

from app import app
from chalicelib import config
from tests.http.conftest import SharedShop
from tests.http.gateway import Reply
from tests.http.routes import ROUTES, Route
from tests.http.shop import TOKEN_KEYS
from tests.jwts import Claims, claims, hs256, joined, payload

KEY_ID, _, SECRET = TOKEN_KEYS.partition(":")
HEADER = {"alg": "HS256", "typ": "JWT", "kid": KEY_ID}

CALLERS = ("nobody", "another shopper", "admin", "expired", "alg=none", "wrong key")
OPEN = (200, 200, 200, 401, 401, 401)
SHOPPER = (401, 200, 403, 401, 401, 401)
ONE = (401, 404, 403, 401, 401, 401)
ADMIN = (401, 403, 200, 401, 401, 401)
MATRIX = {
    "GET /admin/audit": ADMIN,
    "GET /admin/changes": ADMIN,
    "GET /admin/products": ADMIN,
    "GET /admin/refunds": ADMIN,
    "GET /admin/report": ADMIN,
    "GET /admin/reservations": ADMIN,
    "GET /admin/sale": ADMIN,
    "GET /health": OPEN,
    "GET /openapi.json": OPEN,
    "GET /products": OPEN,
    "GET /products/{product_id}": OPEN,
    "GET /reservations": SHOPPER,
    "GET /reservations/{reservation_id}": ONE,
    "PATCH /admin/products/{product_id}": ADMIN,
    "POST /admin/products": ADMIN,
    "POST /admin/products/{product_id}/restock": ADMIN,
    "POST /admin/refunds/{payment_reference}/settle": ADMIN,
    "POST /admin/reservations/{reservation_id}/release": ADMIN,
    "POST /reservations": SHOPPER,
    "POST /reservations/{reservation_id}/cancel": ONE,
    "POST /reservations/{reservation_id}/complete": ONE,
    "POST /reservations/{reservation_id}/extend": ONE,
    "GET /waiters": SHOPPER,
    "POST /products/{product_id}/waiters": SHOPPER,
    "POST /shoppers": OPEN,
    "POST /waiters/{waiter_id}/leave": ONE,
}
"""By route, the status for each caller of CALLERS, none of whom owns the reservation or the place in the list.

200 stands for any success.
"""

REFUSED = [
    (route, caller)
    for route in ROUTES
    for caller, status in zip(CALLERS, MATRIX.get(str(route), ()), strict=False)
    if status >= 400
]


def authorization(shared_shop: SharedShop, caller: str) -> str | None:
    """Return the header of a caller. The bad tokens are the owner's own, with one thing wrong."""
    good = claims(sub=payload(shared_shop.owner.token or "")["sub"])
    tokens = {
        "nobody": None,
        "another shopper": shared_shop.shop.as_shopper().token,
        "admin": shared_shop.shop.as_admin().token,
        "expired": signed({**good, "exp": int(time.time()) - 1}),
        "alg=none": f"{joined({**HEADER, 'alg': 'none'}, good)}.",
        "wrong key": signed(good, "x" * 40),
        "owner": signed(good),
    }
    return f"Bearer {tokens[caller]}" if tokens[caller] else None


def signed(content: Claims, secret: str = SECRET) -> str:
    return hs256(HEADER, content, secret.encode())


@pytest.fixture
def as_in_aws(monkeypatch: pytest.MonkeyPatch, shared_shop: SharedShop) -> SharedShop:
    """Turn anonymous access off."""
    settings = config.load().model_copy(update={"allow_anonymous": False})
    monkeypatch.setattr(config, "load", lambda: settings)
    return shared_shop


def ask(shared_shop: SharedShop, route: Route, caller: str) -> Reply:
    """Ask for the owner's reservation, or for what the route is about."""
    own = {"reservation_id": shared_shop.owners_reservation_id, "waiter_id": shared_shop.owners_waiter_id}
    return shared_shop.shop.send(route.event(**own, authorization=authorization(shared_shop, caller)))


def test_every_route_of_the_application_is_in_the_matrix() -> None:
    assert MATRIX.keys() == {f"{method} {path}" for path, methods in app.routes.items() for method in methods}


@pytest.mark.parametrize(("route", "caller"), REFUSED, ids=str)
@pytest.mark.usefixtures("unchanged_shop")
def test_whoever_may_not_is_refused_and_changes_and_learns_nothing(
    as_in_aws: SharedShop, route: Route, caller: str
) -> None:
    reply = ask(as_in_aws, route, caller)
    assert reply.status == MATRIX[str(route)][CALLERS.index(caller)]
    assert reply.problem == {401: "unauthenticated", 403: "forbidden", 404: "not-found"}[reply.status]
    for secret in (
        as_in_aws.owners_reservation_id,
        as_in_aws.owners_waiter_id,
        payload(as_in_aws.owner.token or "")["sub"],
        "iPhone",
    ):
        assert secret not in reply.body


def test_the_token_that_the_bad_ones_are_made_of_opens_the_owners_reservation(as_in_aws: SharedShop) -> None:
    assert ask(as_in_aws, Route("GET", "/reservations/{reservation_id}"), "owner").status == 200
