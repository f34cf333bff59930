"""The first cold starts, taken before anyone waits for them; and the proof that a request goes all the way."""

import json
from http import HTTPStatus
from uuid import UUID

import httpx

from infra.local import aws, messaging
from infra.problems import PlatformError

NOBODYS = UUID(int=0)
"""A reservation that does not exist: a message about it does nothing, as any message may come too late."""
SECONDS_TO_ANSWER = 60


def warm_up(endpoint_url: str, shop_url: str) -> None:
    """Have the expire function start by a message, and the API's by a request through the front door."""
    sqs = aws.client("sqs", endpoint_url)
    queue = sqs.get_queue_url(QueueName=messaging.EXPIRY)["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"reservationId": str(NOBODYS)}))
    health = httpx.get(f"{shop_url}/api/health", timeout=SECONDS_TO_ANSWER)
    if health.status_code != HTTPStatus.OK:
        raise PlatformError(f"The API is not well: {health.status_code} {health.text[:200]}")
