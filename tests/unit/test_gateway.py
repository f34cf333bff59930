"""Events of API Gateway, whole and broken: which route they lead to, and what their parts are taken for."""

from typing import Any

import pytest

from app import app
from chalicelib.api.gateway import request_id, routable
from chalicelib.errors import MethodNotAllowed, NotFound
from tests.http.gateway import Context, event

LIST = event("GET", "/reservations")
ONE = "/reservations/{reservation_id}"
PARTS: dict[str, tuple[object, list[Any]]] = {
    "headers": ({}, [None, 0, True, "x", [], {}, [["x"]], {"limit": None}, {1: "x"}, {"accept": ["x"]}]),
    "pathParameters": ({}, [None, 0, True, "x", [], {}, {"limit": None}, {"limit": 1}]),
    "multiValueQueryStringParameters": ({}, [None, 0, "x", [], {}, {"limit": None}, {"limit": "1"}, {"limit": []}]),
    "body": ("", [None, 0, True, [], {}, {"quantity": 1}]),
    "isBase64Encoded": (False, [None, 0, 1, "true", [], {}, False]),
    "stageVariables": (None, [None, 0, "x", {"a": "b"}]),
}
"""For each part of an event what it is taken for where it has one of these values."""


def routed(given: object) -> dict[str, Any]:
    return routable(given, app.routes)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_wrong_type_counts_as_absent(part: str) -> None:
    absent, values = PARTS[part]
    for value in values:
        assert routed({**LIST, part: value})[part] == absent, value
    assert routed({name: value for name, value in LIST.items() if name != part})[part] == absent


def test_texts_among_other_values_are_kept() -> None:
    assert routed({**LIST, "headers": {"a": "b", "c": 1, 2: "d"}})["headers"] == {"a": "b"}
    parameters = {"limit": ["5", None], "after": []}
    routed_query = routed({**LIST, "multiValueQueryStringParameters": parameters})["multiValueQueryStringParameters"]
    assert routed_query == {"limit": ["5", ""]}


def test_an_event_that_names_no_route_is_not_found() -> None:
    for broken in (
        *(None, [], {}, "", "GET", 0, True, 1.5, [{}], {"Records": []}, {"requestContext": None}),
        *({"requestContext": value} for value in ([], "x", {}, {"httpMethod": "GET"}, {"resourcePath": None})),
        {"requestContext": {"resourcePath": ["/products"], "httpMethod": {"GET": 1}}},
        *(event("GET", path) for path in ("", "/", "/nothing", "/products/", "//products", f"{ONE}/pay", "/" * 9999)),
    ):
        with pytest.raises(NotFound):
            routed(broken)


def test_the_address_and_the_method_are_enough() -> None:
    assert routed({"requestContext": {"resourcePath": "/reservations", "httpMethod": "GET"}})["headers"] == {}


def test_a_method_that_an_address_does_not_take_is_refused_with_those_that_it_takes() -> None:
    methods = {
        "HEAD",
        "OPTIONS",
        "PUT",
        "PATCH",
        "patch",
        "DELETE",
        "TRACE",
        "get",
        "GET",
        "POST",
        "",
        "x" * 1000,
        None,
    }
    for resource, allowed in app.routes.items():
        given = event("GET", resource, "x")
        for refused in methods - allowed.keys():
            with pytest.raises(MethodNotAllowed) as refusal:
                routed({**given, "requestContext": {**given["requestContext"], "httpMethod": refused}})
            assert refusal.value.allowed == sorted(allowed)


def test_an_event_without_the_id_of_its_path_is_not_found() -> None:
    for parameters in (None, {}, [], "x", {"other": "1"}, {"reservation_id": None}, {"reservation_id": 1}):
        with pytest.raises(NotFound):
            routed({**event("GET", ONE, "x"), "pathParameters": parameters})


def test_a_request_without_an_id_has_none() -> None:
    assert request_id(Context("4711")) == "4711"
    assert [request_id(context) for context in (None, {}, Context(""))] == ["none"] * 3
