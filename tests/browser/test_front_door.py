"""The front door forwards everything under /api to the API, including requests from other origins."""

import httpx

ELSEWHERE = "https://another-shop.example"


def test_a_preflight_is_answered_by_the_api(system: str) -> None:
    asked = {
        "Origin": ELSEWHERE,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,idempotency-key",
    }
    reply = httpx.options(f"{system}/api/reservations", headers=asked)
    assert reply.is_success
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert {"POST", "GET"} <= set(reply.headers["Access-Control-Allow-Methods"].split(","))
    assert {"Content-Type", "Idempotency-Key"} <= set(reply.headers["Access-Control-Allow-Headers"].split(","))


def test_replies_and_refusals_may_be_read_from_another_origin(system: str) -> None:
    for path in ("/api/products", "/api/products/nothing", "/api/no/such/path"):
        assert httpx.get(system + path, headers={"Origin": ELSEWHERE}).headers["Access-Control-Allow-Origin"] == "*"
