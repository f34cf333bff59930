"""The deployed application, as AWS's own interfaces show it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from infra import emulated_aws
from infra.local import messaging
from infra.local.deploy import FUNCTIONS, expiry_mapping
from infra.local.teardown import remove_targets
from tests.waiting import eventually

BUS = "flash-sale"
SECONDS_TO_SWITCH = 20
SCHEDULED_FUNCTIONS = ("sweep", "publish")
SCHEDULED = {
    "version": "0",
    "id": "00000000-0000-4000-8000-000000000001",
    "account": emulated_aws.ACCOUNT,
    "region": emulated_aws.REGION,
    "source": "aws.events",
    "detail-type": "Scheduled Event",
    "detail": {},
    "time": "2026-01-01T00:00:00Z",
    "resources": [],
}


@dataclass(frozen=True)
class Deployed:
    """Where LocalStack, the API and the database are."""

    endpoint_url: str
    api_url: str
    database_url: str

    def invoke(self, function: str, event: object) -> tuple[Any, str | None]:
        """Invoke a function by its short name; its answer, and the kind of error if it failed."""
        client = emulated_aws.client("lambda", self.endpoint_url, read_seconds=90)
        reply = client.invoke(FunctionName=f"{FUNCTIONS}-{function}".rstrip("-"), Payload=json.dumps(event))
        return json.loads(reply["Payload"].read()), reply.get("FunctionError")

    def fire(self, function: str) -> int:
        """Invoke the sweep or the publisher as the schedule does; how many passes it made."""
        answer, error = self.invoke(function, SCHEDULED)
        assert error is None, answer
        passes: int = answer["passes"]
        return passes

    def send(self, body: str) -> None:
        """Put a message into the queue of expiry messages, to be received at once."""
        emulated_aws.client("sqs", self.endpoint_url).send_message(
            QueueUrl=self._queue(messaging.EXPIRY), MessageBody=body
        )

    def forget_messages(self) -> None:
        """Empty the queue, of messages still delayed too."""
        emulated_aws.client("sqs", self.endpoint_url).purge_queue(QueueUrl=self._queue(messaging.EXPIRY))

    def dead_letters(self) -> list[str]:
        """What lies in the dead-letter queue."""
        client = emulated_aws.client("sqs", self.endpoint_url)
        queue = self._queue(messaging.DEAD_LETTERS)
        received = client.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=0)
        return [message["Body"] for message in received.get("Messages", [])]

    def only_when_invoked(self, timeout: int) -> None:
        """Switch the schedule off and have each sweep and each publisher end early."""
        events = emulated_aws.client("events", self.endpoint_url)
        for rule in events.list_rules(NamePrefix=FUNCTIONS)["Rules"]:
            remove_targets(self.endpoint_url, rule["Name"])
        client = emulated_aws.client("lambda", self.endpoint_url)
        for function in SCHEDULED_FUNCTIONS:
            client.update_function_configuration(FunctionName=f"{FUNCTIONS}-{function}", Timeout=timeout)

    @contextmanager
    def without_messages(self) -> Iterator[None]:
        """While this lasts, nothing takes messages from the queue to the expire function."""
        self._switch_mapping(on=False)
        try:
            yield
        finally:
            self.forget_messages()
            self._switch_mapping(on=True)

    @contextmanager
    def raising(self, function: str) -> Iterator[None]:
        """While this lasts, each invocation of a function raises, because of a wrong setting."""
        name = f"{FUNCTIONS}-{function}"
        client = emulated_aws.client("lambda", self.endpoint_url)
        right = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        try:
            self._set(name, {**right, "HOLD_SECONDS": "two minutes"})
            yield
        finally:
            self._set(name, right)

    def _set(self, name: str, variables: dict[str, str]) -> None:
        client = emulated_aws.client("lambda", self.endpoint_url)
        client.update_function_configuration(FunctionName=name, Environment={"Variables": variables})
        client.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})

    def _switch_mapping(self, *, on: bool) -> None:
        client = emulated_aws.client("lambda", self.endpoint_url)
        client.update_event_source_mapping(UUID=expiry_mapping(self.endpoint_url)["UUID"], Enabled=on)
        wanted = "Enabled" if on else "Disabled"
        eventually(lambda: expiry_mapping(self.endpoint_url)["State"] == wanted, within=SECONDS_TO_SWITCH)

    def _queue(self, name: str) -> str:
        return queue_url(self.endpoint_url, name)


def queue_url(endpoint_url: str, name: str) -> str:
    """The address of a queue."""
    url: str = emulated_aws.client("sqs", endpoint_url).get_queue_url(QueueName=name)["QueueUrl"]
    return url


def reservations_with_a_message(endpoint_url: str) -> set[str]:
    """The ids in the expiry messages that are in the queue, delayed ones too. Takes no message from the queue."""
    chosen = {"QueueUrl": queue_url(endpoint_url, messaging.EXPIRY), "ShowInvisible": "true", "ShowDelayed": "true"}
    headers = {"Accept": "application/json"}
    reply = httpx.get(f"{endpoint_url}/_aws/sqs/messages", params=chosen, headers=headers).raise_for_status()
    messages = reply.json()["ReceiveMessageResponse"]["ReceiveMessageResult"]["Message"]
    return {json.loads(message["Body"])["reservationId"] for message in messages}
