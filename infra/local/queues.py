"""The queue of expiry messages and the one for those that nobody could read."""

import json

from infra.local import aws

EXPIRY = "flash-sale-expiry"
DEAD_LETTERS = "flash-sale-expiry-dead-letters"
RECEIVES = 5
VISIBILITY_SECONDS = 60
"""Six times what the expire function may take."""


def ensure(endpoint_url: str, visibility_seconds: int = VISIBILITY_SECONDS) -> str:
    """Create both queues where they are missing; gives the address of the queue of expiry messages."""
    sqs = aws.client("sqs", endpoint_url)
    dead_letters = sqs.create_queue(QueueName=DEAD_LETTERS)["QueueUrl"]
    expiry: str = sqs.create_queue(QueueName=EXPIRY)["QueueUrl"]
    target = sqs.get_queue_attributes(QueueUrl=dead_letters, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": target, "maxReceiveCount": RECEIVES})
    attributes = {"VisibilityTimeout": str(visibility_seconds), "RedrivePolicy": redrive}
    sqs.set_queue_attributes(QueueUrl=expiry, Attributes=attributes)
    return expiry
