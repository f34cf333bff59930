"""Paths that lead nowhere, and methods that an address does not take."""

import pytest

from app import app
from tests.http.conftest import Standing
from tests.http.gateway import Reply, event
from tests.http.shop import IPHONE, Shop

OF_ONE = [
    ("GET", "/products/{product_id}"),
    ("GET", "/reservations/{reservation_id}"),
    ("POST", "/reservations/{reservation_id}/complete"),
    ("POST", "/reservations/{reservation_id}/cancel"),
]
TEN_KILOBYTES = "x" * 10_240


def is_not_found(reply: Reply) -> bool:
    return (reply.status, reply.problem) == (404, "not-found")


@pytest.mark.parametrize(("method", "resource"), OF_ONE)
@pytest.mark.parametrize(
    "identifier",
    [
        *(
            "",
            "1",
            "iPhone",
            "null",
            "..",
            "../../health",
            "a/b",
            "a%2Fb",
            "%2e%2e",
            "%",
            "%zz",
            "\x00",
            "é",
            "😀",
            " ",
        ),
        *("\ud800", TEN_KILOBYTES, "-" * 36, "0" * 36, "' OR 1=1 --", "00000000-0000-0000-0000-000000000000"),
        *(f"{{{IPHONE}}}", f"urn:uuid:{IPHONE}", f"{IPHONE} ", f"{IPHONE}\x00", f"{IPHONE}/", f"{IPHONE}\n"),
    ],
)
def test_an_id_that_nothing_has_is_not_found(refusing: Shop, method: str, resource: str, identifier: str) -> None:
    assert is_not_found(refusing.send(event(method, resource, identifier)))


@pytest.mark.parametrize(("method", "resource"), OF_ONE)
@pytest.mark.parametrize("change", [str.upper, lambda text: text])
def test_an_id_is_found_in_either_case(standing: Standing, method: str, resource: str, change: type[str]) -> None:
    known = IPHONE if "product" in resource else standing.reservation_id
    headers = {"Authorization": "none"} if method == "POST" else {}  # stops short of changing anything
    reply = standing.shop.send(event(method, resource, change(known), headers=headers))
    assert reply.status == (401 if method == "POST" else 200)


@pytest.mark.parametrize(("method", "resource"), OF_ONE)
def test_an_id_is_found_in_one_spelling_only(standing: Standing, refusing: Shop, method: str, resource: str) -> None:
    known = IPHONE if "product" in resource else standing.reservation_id
    bare = known.replace("-", "")
    for spelling in (bare, f"{bare}----", f"{known[:-1]}_{known[-1]}", "".join(chr(ord(c) + 0xFEE0) for c in bare)):
        assert is_not_found(refusing.send(event(method, resource, spelling)))


@pytest.mark.parametrize(("method", "resource"), OF_ONE)
@pytest.mark.parametrize(
    "parameters", [None, {}, [], "x", {"other": IPHONE}, {"product_id": 1, "reservation_id": None}]
)
def test_an_event_without_the_id_is_not_found(refusing: Shop, method: str, resource: str, parameters: object) -> None:
    assert is_not_found(refusing.send({**event(method, resource, IPHONE), "pathParameters": parameters}))


@pytest.mark.parametrize("path", ["/products/a%2Fb", f"/products/{TEN_KILOBYTES}", "/reservations/%00", "/products/é"])
def test_odd_paths_over_http_are_not_found(refusing: Shop, path: str) -> None:
    assert is_not_found(refusing.get(path))


@pytest.mark.parametrize(
    "resource",
    ["", "/", "/nothing", "/products/", "//products", "/reservations/{reservation_id}/pay", f"/{TEN_KILOBYTES}"],
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS"])
def test_an_unknown_path_is_not_found(refusing: Shop, method: str, resource: str) -> None:
    assert is_not_found(refusing.send(event(method, resource)))


@pytest.mark.parametrize("resource", app.routes)
@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "patch", "DELETE", "TRACE", "get", "", "x" * 1000])
def test_an_unknown_method_is_not_allowed(refusing: Shop, method: str, resource: str) -> None:
    reply = refusing.send(event(method, resource, IPHONE))
    assert (reply.status, reply.problem) == (405, "method-not-allowed")
    assert reply.headers["Allow"] == ", ".join(sorted(app.routes[resource]))


@pytest.mark.parametrize(
    ("method", "resource"),
    [
        ("POST", "/products"),
        ("POST", "/health"),
        ("GET", "/reservations/{reservation_id}/cancel"),
        ("DELETE", "/products"),
        ("PATCH", "/products/{product_id}"),
        ("PATCH", "/reservations/{reservation_id}"),
    ],
)
def test_a_method_of_another_path_is_not_allowed(refusing: Shop, method: str, resource: str) -> None:
    reply = refusing.send(event(method, resource, IPHONE))
    assert (reply.status, reply.problem) == (405, "method-not-allowed")
