"""An SQS that lives in this process."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from moto import mock_aws

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

    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        session = boto3.Session()
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", session)
        client = session.client("sqs")
        queue = Sqs(client.create_queue(QueueName="expiry")["QueueUrl"], client)
        session.events.register("provide-client-params.sqs.SendMessage", lambda params, **_: queue.asked.append(params))
        yield queue


@pytest.fixture
def aws_settings(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Give boto3 what it needs to sign; the test says with AWS_ENDPOINT_URL whom it talks to."""
    import boto3

    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    for name in ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "us-east-1")
    return monkeypatch
