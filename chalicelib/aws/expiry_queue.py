"""The expiry queue, which has one delayed message per hold. The only module that calls SQS."""

import json
import math
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from chalicelib import config, metrics
from chalicelib.errors import MalformedMessage
from chalicelib.log import logger

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

DELAY_MAX_SECONDS = 900  # the longest delay of SQS; the message of a longer hold is sent again in steps
CONNECT_TIMEOUT_SECONDS = 1
READ_TIMEOUT_SECONDS = 1  # with the one retry, a queue that never answers costs a shopper less than 4 s
PAUSE_SECONDS = 5  # after a failure, without trying: only the first shopper waits for a queue that is down


class ExpiryQueue:
    """Sends messages that arrive after a hold has lapsed."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Remember where the queue is; connect to nothing, and leave boto3 unloaded. `clock` gives seconds."""
        self._url = url
        self._clock = clock
        self._paused_until = -math.inf
        self._client: SQSClient | None = None

    def send(self, reservation_id: UUID, seconds: float) -> None:
        """Send a message that arrives after `seconds`, or after the longest delay of SQS if that is shorter.

        Raises botocore's errors.
        """
        self.open().send_message(
            QueueUrl=self._url,
            MessageBody=json.dumps({"reservationId": str(reservation_id)}),
            DelaySeconds=min(max(math.ceil(seconds), 0), DELAY_MAX_SECONDS),
        )

    def send_if_possible(self, reservation_id: UUID, seconds: float) -> bool:
        """Send as `send` does; return False if the queue fails or failed seconds ago: the sweep expires the hold then.

        A failure is logged.
        """
        if self._clock() < self._paused_until:
            return False
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self.send(reservation_id, seconds)
        except (BotoCoreError, ClientError) as error:
            self._paused_until = self._clock() + PAUSE_SECONDS
            failure = metrics.fields("QueueFailures", 1, reason=type(error).__name__)
            reason = {"reservation_id": str(reservation_id), **failure}
            logger.warning("expiry message not sent; the sweep will expire this hold", extra=reason)
            return False
        return True

    def open(self) -> "SQSClient":
        """Load boto3, and return the client."""
        if self._client is None:
            import boto3
            from botocore.config import Config

            self._client = boto3.client(
                "sqs",
                config=Config(
                    connect_timeout=CONNECT_TIMEOUT_SECONDS,
                    read_timeout=READ_TIMEOUT_SECONDS,
                    retries={"total_max_attempts": 2, "mode": "standard"},
                ),
            )
        return self._client


def parse(body: str) -> UUID:
    """Return the reservation id in a message. Raises MalformedMessage."""
    try:
        return UUID(json.loads(body)["reservationId"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise MalformedMessage from error


@cache
def current() -> ExpiryQueue:
    """Return the expiry queue of this execution environment."""
    return ExpiryQueue(config.load().expiry_queue_url)
