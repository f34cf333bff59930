"""Headers that every reply has, whatever was asked."""

import re

import pytest
from chalice.config import Config
from chalice.local import LocalGateway

from app import app
from chalicelib.api.application import Application
from tests.http.conftest import SharedShop
from tests.http.gateway import Context, event, reserve_event
from tests.http.routes import ROUTES
from tests.http.shop import IPHONE, Shop, opened

EXPOSED = {
    *("Age", "ETag", "Idempotency-Replayed", "Link", "Location", "Retry-After", "X-Request-Id", "X-Server-Time"),
}
ALLOWED = {"Authorization", "Content-Type", "Idempotency-Key", "If-None-Match"}
OF_EVERY_KIND = {
    "200": event("GET", "/products"),
    "304": event("GET", "/products/{product_id}", IPHONE, headers={"If-None-Match": "*"}),
    "400": reserve_event("{"),
    "401": event("GET", "/reservations", headers={"Authorization": "Bearer x"}),
    "404": event("GET", "/reservations/{reservation_id}", "x"),
    "405": event("DELETE", "/products"),
    "413": reserve_event("[" * 200_000),
    "415": reserve_event("{}", "text/plain"),
    "unknown path": event("GET", "/nothing"),
    "no event": None,
}
every_kind = pytest.mark.parametrize("asked", OF_EVERY_KIND.values(), ids=OF_EVERY_KIND)


def listed(value: object) -> set[str]:
    return set(str(value).split(","))


@every_kind
def test_every_reply_has_the_headers_of_all_replies(unchanged_shop: Shop, asked: object) -> None:
    reply = unchanged_shop.send(asked, Context("4711"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", reply.headers["X-Server-Time"])
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert listed(reply.headers["Access-Control-Expose-Headers"]) == EXPOSED
    assert reply.headers["X-Request-Id"] == "4711"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert (reply.headers["Cache-Control"] == "no-store") == (reply.status >= 400)


def test_a_request_without_an_id_is_answered_with_none(unchanged_shop: Shop) -> None:
    assert unchanged_shop.send(event("GET", "/health"), Context("")).headers["X-Request-Id"] == "none"


def test_every_path_answers_a_preflight() -> None:
    gateway = LocalGateway(app, Config.create())
    for path, methods in app.routes.items():
        reply = gateway.handle_request("OPTIONS", path, {}, None)
        assert reply["statusCode"] == 200
        assert listed(reply["headers"]["Access-Control-Allow-Methods"]) == {*methods, "OPTIONS"}
        assert listed(reply["headers"]["Access-Control-Allow-Headers"]) >= ALLOWED
        assert reply["headers"]["Access-Control-Allow-Origin"] == "*"
        assert int(reply["headers"]["Access-Control-Max-Age"]) > 0


def test_only_the_configured_origin_may_read_replies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORS_ORIGIN", "https://shop.example.com")
    with opened("postgresql://127.0.0.1:1/none"):
        reply = Application("another")(event("GET", "/nothing"), None)
    assert reply["headers"]["Access-Control-Allow-Origin"] == "https://shop.example.com"


@pytest.mark.parametrize("content_type", ["", "text/plain", "image/png", "é"])
def test_a_request_without_a_body_may_have_any_content_type(
    shared_shop: SharedShop, unchanged_shop: Shop, content_type: str
) -> None:
    for route in ROUTES:
        asked = route.event(shared_shop.reservation_id)
        if route.method == "GET":
            asked["headers"] = {"Content-Type": content_type}
            assert route.caller(unchanged_shop).send(asked).status != 415, route
