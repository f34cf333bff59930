"""What a rehearsal does with a deployed stage: reserve, let a hold lapse, and send what is no message."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from infra.aws import token_keys
from infra.aws.bundle import origin_key
from infra.aws.operation import Operation
from infra.aws.smoke import DeadLetters
from infra.local.teardown import remove_targets
from infra.problems import PlatformError

SECONDS_TO_WAIT = 60
SECONDS_TO_ANSWER = 30
NO_MESSAGE = "this is no message"


def expect(holds: bool, otherwise: str) -> None:
    """Raise PlatformError unless it holds."""
    if not holds:
        raise PlatformError(f"The rehearsal failed. {otherwise}.")


def eventually(look: Callable[[], bool], otherwise: str) -> None:
    """Return as soon as `look` is true; raise PlatformError if it does not become so."""
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while not look():
        expect(time.monotonic() < deadline, f"{otherwise} within {SECONDS_TO_WAIT} s")
        time.sleep(0.2)


@dataclass(frozen=True, slots=True)
class RehearsedSale:
    """Shoppers, an admin and a stray message at a stage on LocalStack."""

    operation: Operation

    def run(self) -> None:
        """Do it all; raises PlatformError at the first thing that is not as it should be."""
        step = self.operation.terminal.step
        self._switch_schedule_off()
        with closing(self._client()) as client:
            with step("403 without the key"):
                self._refused_without_key()
            with step("A hold that lapses is expired by its message"):
                self._lapse(client)
            with step("What is no message is tried again, then kept as a dead letter"):
                self._stray_message()

    def _client(self) -> httpx.Client:
        """The API as CloudFront asks it, for a shopper."""
        headers = {"x-api-key": origin_key(self.operation.stage)}
        client = httpx.Client(base_url=self._api_url, headers=headers, timeout=SECONDS_TO_ANSWER)
        client.headers["Authorization"] = f"Bearer {self._ask(client, 'POST', '/shoppers')['token']}"
        return client

    @property
    def _api_url(self) -> str:
        return self.operation.stage.account.api_url(self.operation.stage.service.outputs()["ApiDomain"])

    def _switch_schedule_off(self) -> None:
        """Without the sweep, only a message can expire a hold."""
        for rule in self.operation.stage.service.resources("AWS::Events::Rule"):
            remove_targets(self.operation.stage.account.endpoint_url or "", rule)

    def _refused_without_key(self) -> None:
        status = httpx.get(f"{self._api_url}/products", timeout=SECONDS_TO_ANSWER).status_code
        expect(status == HTTPStatus.FORBIDDEN, f"Without the key the API answers {status}")

    def _lapse(self, client: httpx.Client) -> None:
        """A second is long enough to hold, and short enough to wait for."""
        product = self._ask(client, "GET", "/products")[0]["id"]
        admin = {"Authorization": f"Bearer {token_keys.admin_token(self.operation.stage)}"}
        self._ask(client, "PATCH", f"/admin/products/{product}", {"holdSeconds": 1}, admin)
        held = self._ask(client, "POST", "/reservations", {"productId": product, "quantity": 1})

        def expired() -> bool:
            timeline = self._ask(client, "GET", f"/reservations/{held['id']}")["timeline"]
            return any(entry["event"] == "EXPIRED" and entry["by"] == "message" for entry in timeline)

        eventually(expired, "A lapsed hold is not expired by its message")

    def _stray_message(self) -> None:
        """Tried again every second here, where AWS waits for a minute."""
        outputs, account = self.operation.stage.service.outputs(), self.operation.stage.account
        queue = outputs["ExpiryQueueUrl"]
        account.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "1"})
        account.client("sqs").send_message(QueueUrl=queue, MessageBody=NO_MESSAGE)
        dead_letters = DeadLetters(account, outputs["DeadLettersUrl"])
        eventually(lambda: dead_letters.count() == 1, "A message that nobody can read is not kept")

    @staticmethod
    def _ask(
        client: httpx.Client, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> Any:
        reply = client.request(method, path, json=body, headers=headers)
        expect(reply.is_success, f"{method} {path} answers {reply.status_code}: {reply.text[:200]}")
        return reply.json()
