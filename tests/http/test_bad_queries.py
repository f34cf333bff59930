"""Query parameters of the reservation list that are refused."""

from base64 import urlsafe_b64encode

import pytest

from tests.http.gateway import Reply, event
from tests.http.shop import IPHONE, Shop


def listed(shop: Shop, **query: list[str]) -> Reply:
    return shop.send(event("GET", "/reservations", query=query))


def is_refused(reply: Reply, *names: str) -> bool:
    fields = [error["field"] for error in reply.json["errors"]]
    return (reply.status, reply.problem, fields) == (400, "invalid-request", list(names))


def cursor(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "limit",
    ["0", "201", "-1", "abc", "", " ", "1.5", "1e2", "NaN", "true", "0x10", "9" * 5000, str(2**63), "\x00", "\ud800"],
)
def test_a_limit_is_a_number_from_1_to_200(refusing: Shop, limit: str) -> None:
    assert is_refused(listed(refusing, limit=[limit]), "limit")


@pytest.mark.parametrize(
    "status", ["", "active", "LAPSED", "ACTIVE,EXPIRED", "ACTIVE\x00", "null", "\ud800", "x" * 10_000]
)
def test_a_status_is_one_of_four(refusing: Shop, status: str) -> None:
    assert is_refused(listed(refusing, status=[status]), "status")


@pytest.mark.parametrize(
    "after",
    [
        *("x", "!", "abc", "\x00", "\ud800", "é", "=" * 8, "A" * 10_000, IPHONE),
        *(
            cursor(text)
            for text in ("", " ", "now", f" {IPHONE}", f"2026-01-01 {IPHONE}", f"2026-01-01T00:00:00 {IPHONE}")
        ),
        *(cursor(f"{instant}T00:00:00Z {IPHONE}") for instant in ("2026-13-01", "0000-01-01", "10000-01-01")),
        *(cursor(f"2026-01-01T00:00:00{offset} {IPHONE}") for offset in ("+24:00", "+99:99", "z z")),
        *(cursor(f"2026-01-01T00:00:00Z {text}") for text in ("", "x", "1", f"{IPHONE}0", f"{IPHONE} x")),
    ],
)
def test_a_cursor_is_one_that_a_page_gave(refusing: Shop, after: str) -> None:
    assert is_refused(listed(refusing, after=[after]), "after")


@pytest.mark.parametrize(
    "instant",
    [
        *(
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2026-01-01T00:00:00+23:59",
            "2026-01-01T00:00:00-15:59:59.5",
        ),
        *(
            "0001-01-01T00:00:00+23:59",
            "9999-12-31T23:59:59-23:59",
            "2026-01-01T00:00:00+00:00:00.000001",
            "2026W017T000000,000001Z",
        ),
    ],
)
def test_a_cursor_of_any_instant_is_answered(refusing: Shop, instant: str) -> None:
    assert listed(refusing, after=[cursor(f"{instant} {IPHONE}")]).status == 200


@pytest.mark.parametrize("name", ["page", "Limit", "limit ", "", "\x00", "limit[]", "é"])
def test_an_unknown_parameter_is_refused_by_name(refusing: Shop, name: str) -> None:
    assert is_refused(listed(refusing, **{name: ["1"]}), name)


@pytest.mark.parametrize("name", ["limit", "status", "after", "unknown"])
@pytest.mark.parametrize("values", [["1", "1"], ["1", "2"], ["", "", ""]])
def test_a_parameter_is_given_once(refusing: Shop, name: str, values: list[str]) -> None:
    assert is_refused(listed(refusing, **{name: values}), name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("limit=0", "limit"),
        ("limit=abc", "limit"),
        ("limit=1&limit=1", "limit"),
        ("status=%00", "status"),
        ("x=1", "x"),
    ],
)
def test_the_same_holds_over_http(refusing: Shop, query: str, name: str) -> None:
    assert is_refused(refusing.get(f"/reservations?{query}"), name)


def test_a_parameter_name_without_a_form_in_utf_8_is_refused(refusing: Shop) -> None:
    assert listed(refusing, **{"\ud800": ["1"]}).problem == "invalid-request"
    assert listed(refusing, **{"\ud800": ["1", "2"]}).problem == "invalid-request"


@pytest.mark.parametrize("resource", ["/products", "/health", "/openapi.json"])
def test_elsewhere_parameters_change_nothing(refusing: Shop, resource: str) -> None:
    plain = refusing.send(event("GET", resource))
    asked = refusing.send(event("GET", resource, query={"limit": ["0", "abc"], "\x00": ["\ud800"]}))
    assert (asked.status, asked.body) == (200, plain.body)
