"""Bodies of admins that are refused; nothing changes, and whatever is sent is no fault of ours."""

import json
from collections.abc import Callable

import pytest

from tests.http.admin_requests import NEW, PRODUCT, PRODUCTS, RESTOCK
from tests.http.gateway import Reply, event
from tests.http.shop import IPHONE, Shop

METHODS = {PRODUCTS: "POST", PRODUCT: "PATCH", RESTOCK: "POST"}
Ask = Callable[[str, str], Reply]

NUMBERS = ["price", "totalStock", "holdSeconds", "maxPerShopper"]
INSTANTS = ["saleStartsAt", "saleEndsAt"]
NO_VALUES = ["true", '"1"', "[]", "{}", "NaN", "-Infinity", "1e999", "-1", str(10**3900), '"\\u0000"', "0.001"]
NO_INSTANTS = ['"2026-11-27T09:00:00"', '"9999-12-31T23:59:59-14:00"', '"10000-01-01T00:00:00Z"', '"\\u0000"', "1"]
NO_NAMES = ['""', '" "', '"\\u0000"', '"La\\u0000mp"', f'"{"n" * 201}"', "null", "1"]


@pytest.fixture(params=["event", "client"])
def ask(request: pytest.FixtureRequest, refusing: Shop) -> Ask:
    """Give both ways of asking as an admin, where nothing may change."""
    admin = refusing.as_admin()
    if request.param == "event":
        return lambda resource, body: admin.send(event(METHODS[resource], resource, IPHONE, body=body))
    json_body = {"Content-Type": "application/json"}
    return lambda resource, body: admin.request(
        METHODS[resource], resource.replace("{product_id}", IPHONE), body.encode(), json_body
    )


def fields(reply: Reply) -> set[str]:
    assert (reply.status, reply.problem) == (400, "invalid-request")
    return {error["field"] for error in reply.json["errors"]}


def product_with(member: str, literal: str) -> str:
    others = {name: value for name, value in json.loads(NEW).items() if name != member}
    return f'{json.dumps(others)[:-1]}, "{member}": {literal}}}'


@pytest.mark.parametrize(
    ("member", "literal"),
    [
        *((member, literal) for member in NUMBERS for literal in NO_VALUES),
        *((member, literal) for member in INSTANTS for literal in NO_INSTANTS),
        *(("name", literal) for literal in NO_NAMES),
    ],
)
def test_a_member_that_can_not_be_is_named(ask: Ask, member: str, literal: str) -> None:
    assert fields(ask(PRODUCTS, product_with(member, literal))) == {member}
    if member != "totalStock":
        assert fields(ask(PRODUCT, f'{{"{member}": {literal}}}')) == {member}


@pytest.mark.parametrize("literal", [*NO_VALUES, "0", "1.0", "1.0e3", "null", "1000001", "-1000001"])
def test_a_restock_is_a_whole_number_within_a_million(ask: Ask, literal: str) -> None:
    if literal != "-1":
        assert fields(ask(RESTOCK, f'{{"quantity": {literal}}}')) == {"quantity"}


@pytest.mark.parametrize("resource", METHODS)
@pytest.mark.parametrize(
    "body",
    [
        *("", "null", "[]", '"text"', "1", "{", "[" * 4000, '{"price":' * 300, "\x00", '{"name": "\\ud800"}'),
        *('{"\\udfff": 1}', '{"quantity": 1,}', "quantity=1"),
    ],
)
def test_a_body_that_is_no_json_object_is_at_fault_as_a_whole(ask: Ask, resource: str, body: str) -> None:
    assert fields(ask(resource, body)) == {""}


def test_a_change_of_nothing_is_at_fault_as_a_whole(ask: Ask) -> None:
    assert fields(ask(PRODUCT, "{}")) == {""}


@pytest.mark.parametrize(("resource", "needed"), [(PRODUCTS, {"name", "price", "totalStock"}), (RESTOCK, {"quantity"})])
def test_every_member_that_is_needed_is_named(ask: Ask, resource: str, needed: set[str]) -> None:
    assert fields(ask(resource, "{}")) == needed


@pytest.mark.parametrize("resource", METHODS)
@pytest.mark.parametrize("unknown", ["id", "total_stock", "availableStock", "Quantity", "", "\x00", "__proto__"])
def test_an_unknown_member_is_refused_by_name(ask: Ask, resource: str, unknown: str) -> None:
    whole = {PRODUCTS: json.loads(NEW), PRODUCT: {"price": 1}, RESTOCK: {"quantity": 1}}[resource]
    assert fields(ask(resource, json.dumps({**whole, unknown: 1}))) == {unknown}


def test_a_change_does_not_restock(ask: Ask) -> None:
    assert fields(ask(PRODUCT, '{"totalStock": 5}')) == {"totalStock"}


@pytest.mark.parametrize("resource", METHODS)
def test_more_than_4096_bytes_are_too_large(ask: Ask, resource: str) -> None:
    reply = ask(resource, " " * 4097)
    assert (reply.status, reply.problem) == (413, "too-large")


@pytest.mark.parametrize("resource", METHODS)
@pytest.mark.parametrize("text", ['{"name": "\ud800"}', "\udfff"])
def test_lone_surrogates_in_an_event_are_refused(refusing: Shop, resource: str, text: str) -> None:
    reply = refusing.as_admin().send(event(METHODS[resource], resource, IPHONE, body=text))
    assert (reply.status, reply.problem) == (400, "invalid-request")


def test_nothing_of_the_body_is_repeated_but_names(ask: Ask) -> None:
    secret = {"name": ["my-secret"], "price": "my-secret", "totalStock": "my-secret", "saleEndsAt": "my-secret"}
    assert "secret" not in ask(PRODUCTS, json.dumps(secret)).body
