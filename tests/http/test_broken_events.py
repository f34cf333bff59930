"""Events that API Gateway would never send: each is answered, none is a fault, nothing changes."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.http.conftest import Standing
from tests.http.gateway import event, reserve_event
from tests.http.shop import Shop

UNKNOWN = "00000000-0000-4000-8000-000000000000"
ONE = "/reservations/{reservation_id}"
GOOD = [
    event("GET", "/reservations", query={"limit": ["5"], "status": ["ACTIVE"]}),
    event("GET", "/products/{product_id}", UNKNOWN),
    event("POST", f"{ONE}/complete", UNKNOWN),
    reserve_event(f'{{"productId": "{UNKNOWN}", "quantity": 1}}'),
]
texts = st.text(st.characters(), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.sampled_from(["/reservations", "GET", "POST"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def nearly_good(draw: st.DrawFn) -> dict[str, Any]:
    """Take a good event, and take away or replace some of its parts."""
    broken = dict(draw(st.sampled_from(GOOD)))
    for name in draw(st.lists(st.sampled_from(sorted(broken)), max_size=3)):
        parts = broken[name]
        if isinstance(parts, dict) and parts and draw(st.booleans()):
            broken[name] = {**parts, draw(st.sampled_from(sorted(parts)) | texts): draw(values)}
        elif draw(st.booleans()):
            broken[name] = draw(values)
    for name in draw(st.lists(st.sampled_from(sorted(broken)), max_size=1)):
        del broken[name]
    return broken


def is_refused_or_harmless(shop: Shop, broken: object) -> bool:
    reply = shop.send(broken)
    if reply.status < 400:
        return reply.headers["Content-Type"] == "application/json"
    return reply.status < 500 and reply.problem is not None


@settings(max_examples=300, deadline=None)
@given(broken=nearly_good())
def test_a_good_event_with_broken_parts_is_answered(standing: Standing, broken: dict[str, Any]) -> None:
    assert is_refused_or_harmless(standing.shop, broken)  # that nothing changes is asserted where `standing` ends


@settings(max_examples=200, deadline=None)
@given(broken=values)
def test_anything_at_all_is_answered(standing: Standing, broken: object) -> None:
    assert is_refused_or_harmless(standing.shop, broken)


@settings(max_examples=100, deadline=None)
@given(body=values, product_id=values, quantity=values)
def test_any_json_body_is_refused(standing: Standing, body: object, product_id: object, quantity: object) -> None:
    for document in (body, {"productId": product_id, "quantity": quantity}):
        reply = standing.shop.send(reserve_event(json.dumps(document)))
        assert (reply.status, reply.problem) == (400, "invalid-request")


@pytest.mark.parametrize(
    "broken",
    [
        *(None, [], {}, "", "GET", 0, True, 1.5, [{}], {"Records": []}, {"requestContext": None}),
        *({"requestContext": value} for value in ([], "x", {}, {"resourcePath": "/products"}, {"httpMethod": "GET"})),
        {"requestContext": {"resourcePath": None, "httpMethod": None}},
        {"requestContext": {"resourcePath": ["/products"], "httpMethod": {"GET": 1}}},
    ],
)
def test_an_event_that_names_no_address_is_not_found(refusing: Shop, broken: object) -> None:
    reply = refusing.send(broken)
    assert (reply.status, reply.problem) in {(404, "not-found"), (405, "method-not-allowed")}


def test_the_address_and_the_method_are_enough(refusing: Shop) -> None:
    assert refusing.send({"requestContext": {"resourcePath": "/reservations", "httpMethod": "GET"}}).status == 200


@pytest.mark.parametrize(
    "part", ["headers", "multiValueQueryStringParameters", "pathParameters", "body", "stageVariables"]
)
@pytest.mark.parametrize("value", [None, 0, True, "x", [], {}, [["x"]], {"limit": None}, {"limit": "1"}, {"limit": []}])
def test_a_part_of_the_wrong_type_counts_as_absent(refusing: Shop, part: str, value: object) -> None:
    assert refusing.send({**event("GET", "/reservations"), part: value}).status == 200


@pytest.mark.parametrize("name", ["content-type", "authorization", "if-none-match", "accept"])
@pytest.mark.parametrize("value", [None, 1, True, [], {}])
def test_a_header_of_the_wrong_type_counts_as_absent(refusing: Shop, name: str, value: object) -> None:
    assert refusing.send(event("GET", "/reservations", headers={name: value})).status == 200  # type: ignore[dict-item]
