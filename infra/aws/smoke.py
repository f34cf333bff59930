"""The smoke test: reserve and cancel as a shopper, with the code that has just been deployed."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from infra.aws.account import Account
from infra.problems import PlatformError

SECONDS_TO_ANSWER = 30
"""API Gateway answers within 29 s."""
REFUSALS = {"sale-not-open", "sale-paused", "insufficient-stock"}
"""What a reserve may answer because of the product and not because of the code."""


class SmokeTestError(PlatformError):
    """The deployed API gave a wrong answer, or a message became a dead letter."""


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """The dead-letter queue."""

    account: Account
    url: str

    def count(self) -> int:
        """Return the approximate number of dead letters."""
        client = self.account.client("sqs")
        name = "ApproximateNumberOfMessages"
        return int(client.get_queue_attributes(QueueUrl=self.url, AttributeNames=[name])["Attributes"][name])


def smoke_test(api_url: str, key: str) -> str:
    """Reserve a unit and cancel; return what was done. Raises SmokeTestError for a wrong answer."""
    with httpx.Client(base_url=api_url, timeout=SECONDS_TO_ANSWER) as client:
        try:
            return _shop(client, key)
        except (httpx.HTTPError, ValueError, KeyError) as error:  # no answer, or none of this API
            raise SmokeTestError(f"The smoke test failed: {type(error).__name__}: {error}") from error


def _shop(client: httpx.Client, key: str) -> str:
    """Call the API with the key, as CloudFront does. Without the key, the answer must be 403."""
    _ask(client, "GET", "/products", HTTPStatus.FORBIDDEN)
    client.headers["x-api-key"] = key
    products = _ask(client, "GET", "/products", HTTPStatus.OK)
    if not products:
        return "the list of products is empty: reserving was not tried"
    token = _ask(client, "POST", "/shoppers", HTTPStatus.CREATED)["token"]
    client.headers["Authorization"] = f"Bearer {token}"
    return _reserve_and_cancel(client, max(products, key=lambda product: product["availableStock"]))


def _reserve_and_cancel(client: httpx.Client, product: dict[str, Any]) -> str:
    reply = client.post("/reservations", json={"productId": product["id"], "quantity": 1})
    refusal = reply.json().get("type", "").rpartition(":")[2] if reply.status_code == HTTPStatus.CONFLICT else ""
    if refusal in REFUSALS:
        return f"{product['name']}: a reserve is refused with {refusal}, as it should be now"
    reservation = _checked(reply, HTTPStatus.CREATED)
    cancelled = _ask(client, "POST", f"/reservations/{reservation['id']}/cancel", HTTPStatus.OK)
    if cancelled["status"] != "CANCELLED":
        raise SmokeTestError(f"The smoke test failed: a cancelled reservation is {cancelled['status']}.")
    return f"{product['name']}: reserved and cancelled"


def _ask(client: httpx.Client, method: str, path: str, wanted: HTTPStatus) -> Any:
    return _checked(client.request(method, path), wanted)


def _checked(reply: httpx.Response, wanted: HTTPStatus) -> Any:
    if reply.status_code != wanted:
        request = f"{reply.request.method} {reply.request.url.path}"
        problem = f"{reply.status_code} instead of {wanted.value}: {reply.text[:300]}"
        raise SmokeTestError(f"The smoke test failed: {request} answers {problem}")
    return reply.json()
