"""The API through API Gateway: what shoppers do, and what API Gateway refuses by itself."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from psycopg import Connection

from tests.localstack.reservations import (
    GALAXY,
    IPHONE,
    MACBOOK,
    hold_longer_than_twenty_cold_starts_take,
    reserve,
)

ORIGIN = {"Origin": "https://shop.example.com"}
PROBLEM = "application/problem+json"
LONG = "a" * 10_000


def test_a_shopper_reserves_and_completes(api: httpx.Client) -> None:
    held = reserve(api, GALAXY)
    assert api.post(f"reservations/{held['id']}/complete").json()["status"] == "COMPLETED"
    assert held["id"] in [one["id"] for one in api.get("reservations").json()]


def test_twenty_at_once_for_eight_units_are_eight_reservations_and_twelve_refusals(
    api: httpx.Client, rows: Connection, shoppers: ThreadPoolExecutor
) -> None:
    hold_longer_than_twenty_cold_starts_take(rows, MACBOOK)
    order = {"productId": MACBOOK, "quantity": 1}
    presses = [shoppers.submit(api.post, "reservations", json=order) for _ in range(20)]
    replies = [press.result() for press in presses]
    assert sorted(reply.status_code for reply in replies) == [201] * 8 + [409] * 12
    refusal = next(reply for reply in replies if reply.status_code == 409)
    assert refusal.json()["detail"].startswith("Insufficient stock")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "nothing/here"),
        ("GET", LONG),
        ("GET", ""),
        ("DELETE", "products"),
        ("PATCH", f"products/{IPHONE}"),
        ("OPTIONS", "nothing/here"),
    ],
)
def test_what_api_gateway_refuses_is_a_problem_that_a_shop_elsewhere_can_read(
    api: httpx.Client, method: str, path: str
) -> None:
    reply = api.request(method, path, headers=ORIGIN)
    assert reply.status_code == 404
    assert reply.headers["Content-Type"] == PROBLEM
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    problem = reply.json()
    assert problem["type"].endswith(":not-found")
    assert problem["status"] == 404


@pytest.mark.parametrize("product_id", ["a%2Fb", "%2e%2e", "%00", "%ff", LONG, "550E8400", "null"])
def test_a_product_id_of_any_kind_is_at_worst_not_found(api: httpx.Client, product_id: str) -> None:
    reply = api.get(f"products/{product_id}")
    assert reply.status_code == 404
    assert reply.headers["Content-Type"] == PROBLEM


def test_head_has_no_body(api: httpx.Client) -> None:
    reply = api.head("products")
    assert reply.status_code in {200, 404}
    assert reply.content == b""


@pytest.mark.parametrize("path", ["products", f"products/{IPHONE}", "reservations"])
def test_a_browser_may_ask_beforehand(api: httpx.Client, path: str) -> None:
    asking = {**ORIGIN, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "idempotency-key"}
    reply = api.options(path, headers=asking)
    assert reply.status_code == 200
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "idempotency-key" in reply.headers["Access-Control-Allow-Headers"].lower()


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"[" * 200_000, b"\x00" * 1_000_000])
def test_a_body_of_any_kind_is_at_worst_refused(api: httpx.Client, body: bytes) -> None:
    reply = api.post("reservations", content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code in {400, 413}
    assert reply.headers["Content-Type"] == PROBLEM


def test_an_unchanged_list_of_products_is_not_sent_again(api: httpx.Client) -> None:
    etag = api.get("products").headers["ETag"]
    assert api.get("products", headers={"If-None-Match": etag}).status_code in {200, 304}
