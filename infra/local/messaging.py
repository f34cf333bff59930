"""The queues of expiry messages and the event bus, which `chalice deploy` does not create."""

import json

from infra import emulated_aws
from infra.local.teardown import remove_targets

EXPIRY = "flash-sale-expiry"
DEAD_LETTERS = "flash-sale-expiry-dead-letters"
RECEIVES = 5
"""After so many failures a message goes to the dead-letter queue."""
VISIBILITY_SECONDS = 60
"""Six times the timeout of the expire function."""


def ensure_queues(endpoint_url: str, visibility_seconds: int = VISIBILITY_SECONDS) -> str:
    """Create the expiry queue and its dead-letter queue if they are missing; return the URL of the expiry queue."""
    sqs = emulated_aws.client("sqs", endpoint_url)
    dead_letters = sqs.create_queue(QueueName=DEAD_LETTERS)["QueueUrl"]
    expiry: str = sqs.create_queue(QueueName=EXPIRY)["QueueUrl"]
    target = sqs.get_queue_attributes(QueueUrl=dead_letters, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": target, "maxReceiveCount": RECEIVES})
    attributes = {"VisibilityTimeout": str(visibility_seconds), "RedrivePolicy": redrive}
    sqs.set_queue_attributes(QueueUrl=expiry, Attributes=attributes)
    return expiry


def ensure_bus(endpoint_url: str, bus: str | None, rule: str) -> None:
    """Create the event bus if it is missing. Without a bus, `rule` no longer starts the publish function."""
    if bus is None:
        remove_targets(endpoint_url, rule)
        return
    events = emulated_aws.client("events", endpoint_url)
    name = bus.rpartition("event-bus/")[2]  # `bus` may be an ARN
    if name not in [known["Name"] for known in events.list_event_buses(NamePrefix=name)["EventBuses"]]:
        events.create_event_bus(Name=name)
