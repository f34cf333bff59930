"""Bodies of requests: which are read, and which member an error names. What HTTP makes of it: tests/http."""

import json
from base64 import b64encode

import pytest
from chalice.app import Request
from pydantic import BaseModel

from app import app
from chalicelib.api import requests
from chalicelib.api.admin_schemas import NewProduct, ProductChange, Restock
from chalicelib.api.gateway import routable
from chalicelib.api.schemas import CompleteRequest, EmptyBody, ReserveRequest
from chalicelib.errors import InvalidRequest, TooLarge, UnsupportedMediaType
from chalicelib.formats import Json
from tests.http.gateway import reserve_event

PRODUCT = "550e8400-e29b-41d4-a716-446655440000"
RESERVE = f'{{"productId": "{PRODUCT}", "quantity": 1}}'
WHOLE: dict[type[BaseModel], Json] = {
    ReserveRequest: {"productId": PRODUCT, "quantity": 1},
    CompleteRequest: {"paymentReference": "payment-1"},
    NewProduct: {"name": "Lamp", "price": 19.99, "totalStock": 60},
    ProductChange: {"price": 1},
    Restock: {"quantity": 1},
    EmptyBody: {},
}
"""Every body that a route takes, with the members that it needs."""

every_model = pytest.mark.parametrize("model", WHOLE, ids=lambda model: model.__name__)
no_numbers = ["true", "false", "null", '"1"', '""', '"\\u0000"', "[]", "[1]", "{}", "NaN", "Infinity", "-Infinity"]
no_whole_numbers = [*no_numbers, "1e999", "1.0", "1.0e3", "1e2", "0.5", str(2**31), str(2**63), str(10**4000)]


def request(body: object, content_type: str | None = "application/json", *, is_base64: bool = False) -> Request:
    """Return a request as the views get it."""
    event = {**reserve_event("", content_type, is_base64=is_base64), "body": body}
    return Request(routable(event, app.routes))


def faults(body: object, model: type[BaseModel] = ReserveRequest, **given: bool) -> set[str]:
    """Return the members that are at fault; the body is refused."""
    with pytest.raises(InvalidRequest) as refusal:
        requests.body(request(body, **given), model)
    return {field for field, _ in refusal.value.errors}


@every_model
def test_a_body_with_the_members_of_the_contract_is_read(model: type[BaseModel]) -> None:
    read = requests.body(request(json.dumps(WHOLE[model])), model)
    assert json.loads(read.model_dump_json(by_alias=True, exclude_unset=True)) == WHOLE[model]


NO_OBJECTS = [
    *(
        "",
        " ",
        "null",
        "true",
        "1",
        "[]",
        '"text"',
        "{",
        "}",
        "[" * 32_768,
        '{"quantity":' * 300,
        "[" * 2048 + "]" * 2048,
    ),
    *("\x00", "{'quantity': 1}", "quantity=1", "<quantity/>", "// 1", "undefined", f"{RESERVE} x", f"{RESERVE}\x00"),
    *('{"quantity": 1,}', '{"quantity": 01}', '{"quantity": +1}', '{"quantity": 0x1}', '{"productId": "\\x41"}'),
    *('{"productId": "\\ud800", "quantity": 1}', '{"\\udfff": 1}', '{"productId": "line\nbreak"}'),
    *('{"productId": "\ud800", "quantity": 1}', "\udfff", b"\xff", RESERVE.encode("utf-16")),
    *(None, 1, True, [], {}),
]


@every_model
def test_a_body_that_is_no_json_object_is_at_fault_as_a_whole(model: type[BaseModel]) -> None:
    for body in NO_OBJECTS:
        assert faults(body, model) == {""}, ascii(body)


@every_model
def test_an_unknown_member_is_refused_by_name(model: type[BaseModel]) -> None:
    for unknown in ("id", "product_id", "total_stock", "Quantity", "quantity ", "", "\x00", "__proto__", "é" * 500):
        assert faults(json.dumps({**WHOLE[model], unknown: 1}), model) == {unknown}, unknown


@every_model
def test_every_member_that_is_needed_is_named(model: type[BaseModel]) -> None:
    needed = {ReserveRequest: {"productId", "quantity"}, NewProduct: {"name", "price", "totalStock"}}
    expected = {**needed, ProductChange: {""}, Restock: {"quantity"}}.get(model, set())
    if expected:
        assert faults("{}", model) == expected
    else:
        assert requests.body(request("{}"), model) == model()


def test_members_are_known_by_the_names_of_the_contract_alone() -> None:
    assert faults(json.dumps({"product_id": PRODUCT, "quantity": 1})) == {"productId", "product_id"}
    assert faults('{"payment_reference": "a"}', CompleteRequest) == {"payment_reference"}


def test_a_quantity_is_a_whole_number_from_1_to_100() -> None:
    for quantity in range(1, 101):
        body = request(f'{{"productId": "{PRODUCT}", "quantity": {quantity}}}')
        assert requests.body(body, ReserveRequest).quantity == quantity
    for literal in (*no_whole_numbers, "0", "-0", "-1", "101", str(-(2**63) - 1)):
        assert faults(f'{{"productId": "{PRODUCT}", "quantity": {literal}}}') == {"quantity"}, literal[:40]


def test_of_members_given_twice_the_last_one_counts() -> None:
    twice = f'{{"productId": "{PRODUCT}", "quantity": 5, "quantity": %s}}'
    assert requests.body(request(twice % "2"), ReserveRequest).quantity == 2
    for last in ("0", '"1"', "null", "1.0"):
        assert faults(twice % last) == {"quantity"}, last


def test_only_uuids_are_product_ids() -> None:
    texts = ("", "iPhone", PRODUCT[:-1], f"{PRODUCT}0", "\x00", f"{PRODUCT}\x00", f"{PRODUCT[:-1]}\x00", "٠")
    for literal in ("null", "1", "true", "[]", "{}", *map(json.dumps, texts), f'"{PRODUCT[:-1]}é"'):
        assert faults(f'{{"productId": {literal}, "quantity": 1}}') == {"productId"}, literal


def test_a_payment_reference_has_1_to_255_visible_ascii_characters() -> None:
    for reference in ("!", "!" + "~" * 254, None):
        body = request(json.dumps({"paymentReference": reference}))
        assert requests.body(body, CompleteRequest).payment_reference == reference
    for wrong in ("", " ", "a b", "é", "\x00", "a\n", "a" * 256, 1, True, [], {}, ["a"]):
        assert faults(json.dumps({"paymentReference": wrong}), CompleteRequest) == {"paymentReference"}, wrong


def test_more_than_32768_bytes_are_too_large_whatever_they_are() -> None:
    for body in ("[" * 200_000, "x" * 1_000_000, " " * 32_769, "€" * 10_923):
        for content_type in ("application/json", "text/plain"):
            with pytest.raises(TooLarge):
                requests.body(request(body, content_type), ReserveRequest)
    with pytest.raises(TooLarge):
        requests.body(request(b64encode(b" " * 32_769).decode(), is_base64=True), ReserveRequest)


def test_a_body_of_exactly_32768_bytes_is_read() -> None:
    padded = RESERVE.ljust(32_768)
    assert requests.body(request(padded), ReserveRequest).quantity == 1
    assert requests.body(request(b64encode(padded.encode()).decode(), is_base64=True), ReserveRequest).quantity == 1


def test_base64_is_read_where_the_event_says_so_alone() -> None:
    encoded = b64encode(RESERVE.encode()).decode()
    assert requests.body(request(encoded, is_base64=True), ReserveRequest).quantity == 1
    assert faults(encoded) == {""}
    for text in ("!", "====", "A", "é", "\ud800", "bm90IEpTT04=", ""):
        assert faults(text, is_base64=True) == {""}, ascii(text)


def test_json_is_known_however_its_media_type_is_spelled() -> None:
    for spelling in ("Application/JSON", "application/json;charset=utf-8", "APPLICATION/JSON ; charset=UTF-8", None):
        assert requests.body(request(RESERVE, spelling), ReserveRequest).quantity == 1, spelling


def test_other_media_types_are_not_supported() -> None:
    for content_type in (
        *("text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/json", "*/*", ""),
        *("application/jsonx", "application/problem+json", "application/json-patch+json", "json", "application/xml"),
        *("application/octet-stream", "image/png", "application/json, text/plain", "; application/json", "é", "\x00"),
    ):
        with pytest.raises(UnsupportedMediaType):
            requests.body(request(RESERVE, content_type), ReserveRequest)


def test_a_body_that_may_be_left_out_follows_the_same_rules_where_it_is_given() -> None:
    assert requests.optional_body(request("", "text/plain"), CompleteRequest) is None
    with pytest.raises(UnsupportedMediaType):
        requests.optional_body(request("{}", "text/plain"), CompleteRequest)
    with pytest.raises(InvalidRequest):
        requests.optional_body(request("null"), CompleteRequest)


def test_at_most_20_faults_are_listed() -> None:
    with pytest.raises(InvalidRequest) as refusal:
        requests.body(request(json.dumps({str(number): 1 for number in range(300)})), ReserveRequest)
    assert len(refusal.value.errors) == 20


@every_model
def test_nothing_of_the_body_but_names_is_repeated(model: type[BaseModel]) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        requests.body(request(json.dumps({name: ["my-secret"] for name in (*WHOLE[model], "other")})), model)
    assert "my-secret" not in str(refusal.value.errors)
