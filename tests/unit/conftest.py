"""An SQS and an EventBridge that live in this process."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient


@dataclass
class Sqs:
    """The queue's address, a client to read it with, and what was asked for when sending."""

    url: str
    client: "SQSClient"
    asked: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sqs]:
    """Create the expiry queue."""
    import boto3
    from moto import mock_aws

    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        session = boto3.Session()
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", session)
        client = session.client("sqs")
        queue = Sqs(client.create_queue(QueueName="expiry")["QueueUrl"], client)
        session.events.register("provide-client-params.sqs.SendMessage", lambda params, **_: queue.asked.append(params))
        yield queue


@dataclass
class Events:
    """The bus's name, and what was asked for when sending."""

    bus: str
    asked: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> Iterator[Events]:
    """Create an event bus."""
    import boto3
    from moto import mock_aws

    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        session = boto3.Session()
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", session)
        session.client("events").create_event_bus(Name="shop")
        events = Events("shop")
        session.events.register(
            "provide-client-params.events.PutEvents", lambda params, **_: events.asked.append(params)
        )
        yield events
