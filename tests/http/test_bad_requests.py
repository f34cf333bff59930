"""Requests that are refused, one witness for each rule: the reply's status and names, and that nothing changes.

Which values each rule refuses is tested in tests/unit: test_request_bodies, test_requests, test_admin_schemas,
test_gateway.
"""

import json
from base64 import urlsafe_b64encode

import pytest

from tests.http.conftest import SharedShop
from tests.http.gateway import Reply, event, reserve_event
from tests.http.routes import OF_A_PRODUCT, OF_A_WAITER, OF_ONE, ROUTES, WITH_A_BODY, Route
from tests.http.shop import IPHONE, Shop

JSON = {"Content-Type": "application/json"}
RESERVE = {"productId": IPHONE, "quantity": 1}


def is_refused(reply: Reply, *fields: str) -> bool:
    """Return whether a request is refused for these fields."""
    named = [error["field"] for error in reply.json["errors"]]
    return (reply.status, reply.problem, named) == (400, "invalid-request", list(fields))


@pytest.mark.parametrize("route", WITH_A_BODY, ids=str)
def test_every_route_with_a_body_refuses_a_bad_one(shared_shop: SharedShop, unchanged_shop: Shop, route: Route) -> None:
    caller = route.caller(unchanged_shop)
    whole = route.event(shared_shop.reservation_id)

    def send(body: str, content_type: str = "application/json") -> Reply:
        return caller.send({**whole, "body": body, "headers": {"Content-Type": content_type}})

    assert is_refused(send("{"), "")
    assert is_refused(send(json.dumps({**json.loads(whole["body"] or "{}"), "more": 1})), "more")
    too_large, no_json = send(" " * 32_769), send("{}", "text/plain")
    assert (too_large.status, too_large.problem) == (413, "too-large")
    assert (no_json.status, no_json.problem) == (415, "unsupported-media-type")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({**RESERVE, "quantity": 0}, ["quantity"]),
        ({**RESERVE, "productId": "iPhone"}, ["productId"]),
        ({}, ["productId", "quantity"]),
    ],
)
def test_the_members_at_fault_are_named(unchanged_shop: Shop, body: object, fields: list[str]) -> None:
    text = json.dumps(body)
    assert is_refused(unchanged_shop.send(reserve_event(text)), *fields)
    assert is_refused(unchanged_shop.request("POST", "/reservations", text.encode(), JSON), *fields)


def test_a_body_that_can_not_be_decoded_is_refused(unchanged_shop: Shop) -> None:
    assert is_refused(unchanged_shop.send(reserve_event('{"productId": "\ud800"}')), "")
    assert is_refused(unchanged_shop.send(reserve_event("!", is_base64=True)), "")
    assert is_refused(unchanged_shop.request("POST", "/reservations", b"\xff", JSON), "")


def test_a_name_without_a_form_in_utf_8_is_answered(unchanged_shop: Shop) -> None:
    reply = unchanged_shop.send(event("GET", "/reservations", query={"\ud800": ["1", "2"]}))
    assert is_refused(reply, "\ud800")


def test_nothing_of_a_body_but_names_is_repeated(unchanged_shop: Shop) -> None:
    reply = unchanged_shop.send(reserve_event(json.dumps({"productId": "my-secret", "quantity": "my-secret"})))
    assert is_refused(reply, "productId", "quantity")
    assert "secret" not in reply.body


@pytest.mark.parametrize(
    ("query", "field"),
    [("limit=0", "limit"), ("limit=1&limit=1", "limit"), ("status=%00", "status"), ("after=x", "after"), ("x=1", "x")],
)
def test_a_bad_query_of_the_list_is_refused_by_name(unchanged_shop: Shop, query: str, field: str) -> None:
    assert is_refused(unchanged_shop.get(f"/reservations?{query}"), field)


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026W017T000000Z"])
def test_a_cursor_of_any_instant_is_answered(unchanged_shop: Shop, instant: str) -> None:
    after = urlsafe_b64encode(f"{instant} {IPHONE}".encode()).decode()
    assert unchanged_shop.send(event("GET", "/reservations", query={"after": [after]})).status == 200


@pytest.mark.parametrize("resource", ["/products", "/health", "/openapi.json"])
def test_elsewhere_parameters_change_nothing(unchanged_shop: Shop, resource: str) -> None:
    plain = unchanged_shop.send(event("GET", resource))
    asked = unchanged_shop.send(event("GET", resource, query={"limit": ["0", "abc"], "\x00": ["\ud800"]}))
    assert (asked.status, asked.body) == (200, plain.body)


def test_a_malformed_idempotency_key_is_refused(unchanged_shop: Shop) -> None:
    headers = {**JSON, "Idempotency-Key": "two words"}
    assert is_refused(
        unchanged_shop.request("POST", "/reservations", json.dumps(RESERVE).encode(), headers), "Idempotency-Key"
    )


@pytest.mark.parametrize("route", OF_ONE + OF_A_PRODUCT + OF_A_WAITER, ids=str)
def test_an_id_that_nothing_has_is_not_found(unchanged_shop: Shop, route: Route) -> None:
    caller = route.caller(unchanged_shop)
    for identifier in ("00000000-0000-0000-0000-000000000000", "iPhone", "\x00", "\ud800", "", f"{{{IPHONE}}}"):
        whole = route.event(identifier, product_id=identifier, waiter_id=identifier)
        reply = caller.send(whole)
        assert (reply.status, reply.problem) == (404, "not-found"), ascii(identifier)


def test_an_id_is_found_in_either_case(shared_shop: SharedShop) -> None:
    for path in (f"/products/{IPHONE}", f"/reservations/{shared_shop.reservation_id}"):
        assert shared_shop.shop.get(path).status == 200
        assert shared_shop.shop.get(path.replace(path.split("/")[2], path.split("/")[2].upper())).status == 200


@pytest.mark.parametrize("path", ["/products/a%2Fb", f"/products/{'x' * 10_240}", "/reservations/%00", "/products/é"])
def test_odd_paths_over_http_are_not_found(unchanged_shop: Shop, path: str) -> None:
    reply = unchanged_shop.get(path)
    assert (reply.status, reply.problem) == (404, "not-found")


def test_an_unknown_path_is_not_found(unchanged_shop: Shop) -> None:
    for method in ("GET", "POST", "HEAD", "OPTIONS"):
        reply = unchanged_shop.send(event(method, "/nothing"))
        assert (reply.status, reply.problem) == (404, "not-found")


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_method_that_an_address_does_not_take_is_refused(unchanged_shop: Shop, route: Route) -> None:
    reply = unchanged_shop.send(event("DELETE", route.resource, IPHONE))
    assert (reply.status, reply.problem) == (405, "method-not-allowed")
    assert route.method in reply.headers["Allow"].split(", ")
