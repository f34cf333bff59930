"""Headers that every reply has, whatever was asked."""

import re

import pytest
from chalice.config import Config
from chalice.local import LocalGateway

from app import app
from chalicelib.api.application import Application
from tests.http.gateway import Context, event, reserve_event
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
def test_every_reply_says_the_servers_time_in_milliseconds(refusing: Shop, asked: object) -> None:
    time = refusing.send(asked).headers["X-Server-Time"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", time)


@every_kind
def test_every_reply_can_be_read_by_a_shop_on_another_origin(refusing: Shop, asked: object) -> None:
    headers = refusing.send(asked).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert listed(headers["Access-Control-Expose-Headers"]) == EXPOSED


@every_kind
def test_every_reply_names_the_request_as_the_log_does(refusing: Shop, asked: object) -> None:
    assert refusing.send(asked, Context("4711")).headers["X-Request-Id"] == "4711"


@every_kind
def test_no_reply_is_taken_for_another_type(refusing: Shop, asked: object) -> None:
    assert refusing.send(asked).headers["X-Content-Type-Options"] == "nosniff"


@every_kind
def test_no_refusal_is_kept_by_a_cache(refusing: Shop, asked: object) -> None:
    reply = refusing.send(asked)
    assert (reply.headers["Cache-Control"] == "no-store") == (reply.status >= 400)


def test_a_request_from_nowhere_is_answered_without_a_name(refusing: Shop) -> None:
    assert refusing.send(event("GET", "/health"), Context("")).headers["X-Request-Id"] == "none"


@pytest.mark.parametrize("path", app.routes)
def test_every_path_answers_a_preflight(path: str) -> None:
    reply = LocalGateway(app, Config.create()).handle_request("OPTIONS", path, {}, None)
    assert reply["statusCode"] == 200
    assert listed(reply["headers"]["Access-Control-Allow-Methods"]) == {*app.routes[path], "OPTIONS"}
    assert listed(reply["headers"]["Access-Control-Allow-Headers"]) >= ALLOWED
    assert reply["headers"]["Access-Control-Allow-Origin"] == "*"
    assert int(reply["headers"]["Access-Control-Max-Age"]) > 0


def test_only_the_configured_origin_may_read_replies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORS_ORIGIN", "https://shop.example.com")
    with opened("postgresql://127.0.0.1:1/none"):
        reply = Application("another")(event("GET", "/nothing"), None)
    assert reply["headers"]["Access-Control-Allow-Origin"] == "https://shop.example.com"
