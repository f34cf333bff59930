"""The smoke test: what it asks of the code that has just been deployed, and which answers fail it."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from infra.aws import smoke
from infra.aws.smoke import SmokeTestError

PRODUCT = {"id": "550e8400-e29b-41d4-a716-446655440000", "name": "A lamp", "availableStock": 3}


def api(**answers: httpx.Response) -> Callable[[httpx.Request], httpx.Response]:
    """An API that does what it should, save for the answers given by the last word of their path."""
    known = {
        "products": httpx.Response(200, json=[PRODUCT]),
        "shoppers": httpx.Response(201, json={"token": "a-token"}),
        "reservations": httpx.Response(201, json={"id": "1"}),
        "cancel": httpx.Response(200, json={"status": "CANCELLED"}),
    } | answers

    def answer(request: httpx.Request) -> httpx.Response:
        if "x-api-key" not in request.headers:
            return answers.get("keyless", httpx.Response(403, json={}))
        return known[request.url.path.rpartition("/")[2]]

    return answer


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs the smoke test against an API."""

    def run(**answers: httpx.Response) -> str:
        client = httpx.Client

        def connected(**options: Any) -> httpx.Client:
            return client(transport=httpx.MockTransport(api(**answers)), **options)

        monkeypatch.setattr(smoke.httpx, "Client", connected)
        return smoke.smoke_test("https://api.example.com/api", "key")

    return run


def test_the_smoke_test_reserves_and_cancels(ask: Callable[..., str]) -> None:
    assert ask() == "A lamp: reserved and cancelled"


def test_an_empty_catalogue_passes_and_says_so(ask: Callable[..., str]) -> None:
    assert "reserving was not tried" in ask(products=httpx.Response(200, json=[]))


@pytest.mark.parametrize("kind", ["sale-not-open", "sale-paused", "insufficient-stock"])
def test_a_refusal_that_the_product_explains_passes(ask: Callable[..., str], kind: str) -> None:
    refused = httpx.Response(409, json={"type": f"urn:flash-sale:problem:{kind}"})
    assert kind in ask(reservations=refused)


@pytest.mark.parametrize(
    "answers",
    [
        {"keyless": httpx.Response(200, json=[PRODUCT])},
        {"products": httpx.Response(503, json={})},
        {"products": httpx.Response(200, text="<html>")},
        {"shoppers": httpx.Response(500, json={})},
        {"shoppers": httpx.Response(201, json={})},
        {"reservations": httpx.Response(500, json={})},
        {"reservations": httpx.Response(409, json={"type": "urn:flash-sale:problem:limit-exceeded"})},
        {"cancel": httpx.Response(409, json={})},
        {"cancel": httpx.Response(200, json={"status": "ACTIVE"})},
    ],
)
def test_any_other_answer_fails_the_smoke_test(ask: Callable[..., str], answers: dict[str, httpx.Response]) -> None:
    with pytest.raises(SmokeTestError, match="The smoke test failed"):
        ask(**answers)
