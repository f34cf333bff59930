"""Bodies that are refused, whichever way they come; nothing changes."""

import json
from collections.abc import Callable

import pytest

from tests.http.gateway import Reply, reserve_event
from tests.http.shop import IPHONE, Shop

Reserve = Callable[[str], Reply]
KILOBYTES_4 = 4096


@pytest.fixture(params=["event", "client"])
def reserve(request: pytest.FixtureRequest, refusing: Shop) -> Reserve:
    """Give both ways of sending a reserve."""
    if request.param == "event":
        return lambda body: refusing.send(reserve_event(body))
    json_body = {"Content-Type": "application/json"}
    return lambda body: refusing.request("POST", "/reservations", body.encode(), json_body)


def fields(reply: Reply) -> set[str]:
    return {error["field"] for error in reply.json["errors"]}


@pytest.mark.parametrize(
    "quantity",
    [
        *("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e2", "1.0", "1.0e3", "0.5"),
        *("true", "false", "null", '"1"', '""', '"\\u0000"', "[]", "[1]", "{}"),
        *("0", "-0", "-1", "101", str(2**31), str(2**63), str(-(2**63) - 1), str(10**4000)),
    ],
)
def test_only_whole_numbers_from_1_to_100_are_quantities(reserve: Reserve, quantity: str) -> None:
    reply = reserve(f'{{"productId": "{IPHONE}", "quantity": {quantity}}}')
    assert (reply.status, reply.problem) == (400, "invalid-request")
    assert fields(reply) == {"quantity"}


@pytest.mark.parametrize(
    "product_id",
    [
        *("null", "1", "true", "[]", "{}", '""', '"iPhone"', f'"{IPHONE[:-1]}"', f'"{IPHONE}0"'),
        *('"\\u0000"', f'"{IPHONE}\\u0000"', f'"{IPHONE[:-1]}\\u0000"', f'"{IPHONE[:-1]}é"', '"٠"'),
    ],
)
def test_only_uuids_are_product_ids(reserve: Reserve, product_id: str) -> None:
    reply = reserve(f'{{"productId": {product_id}, "quantity": 1}}')
    assert (reply.status, reply.problem) == (400, "invalid-request")
    assert fields(reply) == {"productId"}


@pytest.mark.parametrize(
    "body",
    [
        *("", " ", "null", "true", "1", "[]", '"text"', "{", "}", "[" * KILOBYTES_4, '{"quantity":' * 300),
        *("[" * 2048 + "]" * 2048, "\x00", "{'quantity': 1}", "quantity=1", "<quantity/>", "// 1"),
        *('{"quantity": 1,}', '{"quantity": 01}', '{"quantity": +1}', '{"quantity": 0x1}', "undefined"),
        *(f'{{"productId": "{IPHONE}", "quantity": 1}} x', f'{{"productId": "{IPHONE}", "quantity": 1}}\x00'),
        *('{"productId": "\\ud800", "quantity": 1}', '{"\\udfff": 1}', '{"productId": "\\ud83d\\u0041"}'),
        *('{"productId": "\\x41"}', '{"productId": "line\nbreak"}'),
    ],
)
def test_a_body_that_is_no_json_object_is_at_fault_as_a_whole(reserve: Reserve, body: str) -> None:
    reply = reserve(body)
    assert (reply.status, reply.problem) == (400, "invalid-request")
    assert fields(reply) == {""}


@pytest.mark.parametrize("missing", ["productId", "quantity"])
def test_every_member_is_needed(reserve: Reserve, missing: str) -> None:
    whole = {"productId": IPHONE, "quantity": 1}
    reply = reserve(json.dumps({name: value for name, value in whole.items() if name != missing}))
    assert (reply.status, reply.problem, fields(reply)) == (400, "invalid-request", {missing})


@pytest.mark.parametrize(
    "unknown", ["price", "product_id", "Quantity", "quantity ", "", "\x00", "__proto__", "é" * 500]
)
def test_an_unknown_member_is_refused_by_name(reserve: Reserve, unknown: str) -> None:
    reply = reserve(json.dumps({"productId": IPHONE, "quantity": 1, unknown: IPHONE}))
    assert (reply.status, reply.problem, fields(reply)) == (400, "invalid-request", {unknown})


def test_members_are_known_by_the_names_of_the_contract_alone(reserve: Reserve) -> None:
    reply = reserve(json.dumps({"product_id": IPHONE, "quantity": 1}))
    assert (reply.status, fields(reply)) == (400, {"productId", "product_id"})


@pytest.mark.parametrize(
    "body", [f'{{"productId": "{IPHONE}", "quantity": 1, "quantity": {last}}}' for last in ("0", '"1"', "null", "1.0")]
)
def test_of_members_given_twice_the_last_one_counts(reserve: Reserve, body: str) -> None:
    reply = reserve(body)
    assert (reply.status, reply.problem, fields(reply)) == (400, "invalid-request", {"quantity"})


@pytest.mark.parametrize("content", ["[" * 200_000, "x" * 1_000_000, " " * (KILOBYTES_4 + 1), "€" * 1366])
def test_more_than_4096_bytes_are_too_large(reserve: Reserve, content: str) -> None:
    reply = reserve(content)
    assert (reply.status, reply.problem) == (413, "too-large")


def test_faults_are_listed_up_to_a_limit(reserve: Reserve) -> None:
    reply = reserve(json.dumps({str(number): 1 for number in range(300)}))
    assert (reply.status, len(reply.json["errors"])) == (400, 20)


def test_nothing_of_the_body_is_repeated_but_names(reserve: Reserve) -> None:
    reply = reserve(json.dumps({"productId": "my-secret", "quantity": "my-secret"}))
    assert reply.problem == "invalid-request"
    assert "secret" not in reply.body


@pytest.mark.parametrize("text", ['{"productId": "\ud800", "quantity": 1}', "\udfff", '{"\ud800": 1}'])
def test_lone_surrogates_in_an_event_are_refused(refusing: Shop, text: str) -> None:
    reply = refusing.send(reserve_event(text))
    assert (reply.status, reply.problem) == (400, "invalid-request")


@pytest.mark.parametrize("octets", [b"\xff", b'{"productId": "\xed\xa0\x80"}', '{"quantity": 1}'.encode("utf-16")])
def test_bytes_that_are_no_utf_8_are_refused(refusing: Shop, octets: bytes) -> None:
    reply = refusing.request("POST", "/reservations", octets, {"Content-Type": "application/json"})
    assert (reply.status, reply.problem) == (400, "invalid-request")


@pytest.mark.parametrize("text", ["!", "====", "A", "é", "\ud800", "bm90IEpTT04=", ""])
def test_wrong_base64_is_refused(refusing: Shop, text: str) -> None:
    reply = refusing.send(reserve_event(text, is_base64=True))
    assert (reply.status, reply.problem) == (400, "invalid-request")


@pytest.mark.parametrize("body", [None, 1, [], {}, True])
def test_a_body_that_is_no_text_counts_as_empty(refusing: Shop, body: object) -> None:
    reply = refusing.send({**reserve_event(""), "body": body})
    assert (reply.status, reply.problem, fields(reply)) == (400, "invalid-request", {""})
