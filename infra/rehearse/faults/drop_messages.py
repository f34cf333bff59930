"""Lose expiry messages: the queue is emptied again and again, delayed messages included."""

import time

from infra import emulated_aws
from infra.local import messaging

SECONDS_BETWEEN = 0.2


def drop_messages(endpoint_url: str, seconds: float) -> None:
    """Delete what is in the queue of expiry messages, and what comes in within `seconds`."""
    sqs = emulated_aws.client("sqs", endpoint_url)
    queue = sqs.get_queue_url(QueueName=messaging.EXPIRY)["QueueUrl"]
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        sqs.purge_queue(QueueUrl=queue)
        time.sleep(SECONDS_BETWEEN)
