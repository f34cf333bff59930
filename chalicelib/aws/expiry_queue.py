"""The expiry queue, which has one delayed message per hold. The only module that calls SQS."""

import json
import math
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from chalicelib import config
from chalicelib.errors import MalformedMessage
from chalicelib.log import logger

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

DELAY_MAX_SECONDS = 900  # the longest delay of SQS; the message of a longer hold is sent again in steps
CONNECT_TIMEOUT_SECONDS = 1
READ_TIMEOUT_SECONDS = 1  # with one retry, a queue that never answers delays a shopper by less than 4 s


class ExpiryQueue:
    """Sends messages that arrive after a hold has lapsed."""

    def __init__(self, url: str) -> None:
        """Open no connection. boto3 is loaded on first use."""
        self._url = url
        self._client: SQSClient | None = None

    def send(self, reservation_id: UUID, seconds: float) -> None:
        """Send a message that arrives after `seconds`, or after the longest delay of SQS if that is shorter.

        Raises botocore's errors.
        """
        self._sqs().send_message(
            QueueUrl=self._url,
            MessageBody=json.dumps({"reservationId": str(reservation_id)}),
            DelaySeconds=min(max(math.ceil(seconds), 0), DELAY_MAX_SECONDS),
        )

    def send_if_possible(self, reservation_id: UUID, seconds: float) -> bool:
        """Send a message; if that fails, log it and return False. The sweep then expires the hold."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self.send(reservation_id, seconds)
        except (BotoCoreError, ClientError) as error:
            reason = {"reservation_id": str(reservation_id), "reason": type(error).__name__}
            logger.warning("expiry message not sent; the sweep will expire this hold", extra=reason)
            return False
        return True

    def _sqs(self) -> "SQSClient":
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
