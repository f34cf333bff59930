"""The first cold starts, made before a shopper waits for them."""

import json
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from uuid import UUID

import httpx

from infra import emulated_aws
from infra.local import messaging
from infra.local.executor.host import MOST_ENVIRONMENTS
from infra.problems import PlatformError

UNKNOWN = UUID(int=0)
"""The id of no reservation: a message about it does nothing."""
SECONDS_TO_ANSWER = 60


def warm_up(endpoint_url: str, shop_url: str) -> None:
    """Start the expire function by a message, and environments of the API by requests through the front door.

    `.chalice/config.json` has the API load AWS's client at its start, as it does with provisioned concurrency.
    """
    _warm_up_expiry(endpoint_url)
    with ThreadPoolExecutor(MOST_ENVIRONMENTS) as shoppers:
        for reply in shoppers.map(_ask, [f"{shop_url}/api/health"] * MOST_ENVIRONMENTS):
            if reply.status_code != HTTPStatus.OK:
                raise PlatformError(f"The API does not work: {reply.status_code} {reply.text[:200]}")


def _warm_up_expiry(endpoint_url: str) -> None:
    """Start the expire function by a message. Does not wait for it."""
    sqs = emulated_aws.client("sqs", endpoint_url)
    queue = sqs.get_queue_url(QueueName=messaging.EXPIRY)["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"reservationId": str(UNKNOWN)}))


def _ask(url: str) -> httpx.Response:
    return httpx.get(url, timeout=SECONDS_TO_ANSWER)
