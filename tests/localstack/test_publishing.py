"""Other systems that listen to the event bus: a real rule, a real queue behind it, and a real publisher."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from psycopg import Connection

from infra import emulated_aws
from infra.local import messaging
from tests.localstack.deployed import BUS, Deployed
from tests.localstack.reservations import IPHONE, has_expired, hold_for_a_second, reserve
from tests.waiting import eventually

LISTENER = "listener"
PATTERN = json.dumps({"source": ["flash-sale"]})
Heard = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def heard(deployed: Deployed) -> Iterator[Heard]:
    """Listen from now on; the events of a reservation that have come so far."""
    sqs, events = (
        emulated_aws.client("sqs", deployed.endpoint_url),
        emulated_aws.client("events", deployed.endpoint_url),
    )
    queue = sqs.create_queue(QueueName=LISTENER)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name=LISTENER, EventBusName=BUS, EventPattern=PATTERN)
    events.put_targets(Rule=LISTENER, EventBusName=BUS, Targets=[{"Id": LISTENER, "Arn": arn}])
    deployed.fire("publish")
    received: list[dict[str, Any]] = []

    def hear(reservation_id: str) -> list[dict[str, Any]]:
        for message in sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
            received.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return [event for event in received if event["detail"]["reservationId"] == reservation_id]

    yield hear
    events.remove_targets(Rule=LISTENER, EventBusName=BUS, Ids=[LISTENER])
    events.delete_rule(Name=LISTENER, EventBusName=BUS)
    sqs.delete_queue(QueueUrl=queue)


def test_a_listener_hears_of_a_reservation_and_of_its_end(
    deployed: Deployed, api: httpx.Client, rows: Connection, heard: Heard
) -> None:
    hold_for_a_second(rows, IPHONE)
    held = reserve(api, IPHONE, 2)
    eventually(lambda: has_expired(rows, held["id"]), within=20)
    assert deployed.fire("publish") >= 1
    first, last = sorted(
        eventually(lambda: len(heard(held["id"])) >= 2 and heard(held["id"]), within=20) or [],
        key=lambda event: event["detail"]["id"],
    )
    assert (first["source"], first["detail-type"], last["detail-type"]) == (
        *("flash-sale", "ReservationReserved", "ReservationExpired"),
    )
    assert first["detail"] == {
        "id": first["detail"]["id"],
        "at": held["createdAt"],
        "event": "RESERVED",
        "productId": IPHONE,
        "reservationId": held["id"],
        "waiterId": None,
        "quantity": 2,
        "by": "shopper",
    }
    assert (last["detail"]["event"], last["detail"]["by"]) == ("EXPIRED", "message")


def test_the_rule_of_the_publisher_starts_it_only_where_there_is_a_bus(deployed: Deployed) -> None:
    events = emulated_aws.client("events", deployed.endpoint_url)
    target = {"Id": "1", "Arn": "arn:aws:sqs:us-east-1:000000000000:any"}
    events.put_rule(Name="starter", ScheduleExpression="rate(1 day)")
    events.put_targets(Rule="starter", Targets=[target])
    started = []
    for bus in ("another", "another", None, None):
        messaging.ensure_bus(deployed.endpoint_url, bus, "starter")
        started.append(events.list_targets_by_rule(Rule="starter")["Targets"])
    assert started == [[target], [target], [], []]
    assert events.describe_event_bus(Name="another")["Name"] == "another"
    events.delete_event_bus(Name="another")
    events.delete_rule(Name="starter")
