"""Deliver: what the expire function does with messages of the queue."""

from functools import partial
from typing import TYPE_CHECKING

from chalicelib.api.schemas import Json
from chalicelib.aws import expiry_queue
from chalicelib.aws.expiry_queue import ExpiryQueue
from chalicelib.db.connection import Database
from chalicelib.lifecycle.expire import expire
from chalicelib.log import logger

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord


def deliver_batch(event: Json, database: Database, queue: ExpiryQueue) -> Json:
    """Deliver every message of an SQS event; return which failed, so that only they are received again."""
    # Loaded here, because the HTTP routes do without it.
    from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

    def deliver_record(record: "SQSRecord") -> None:
        try:
            deliver(database, queue, record.body)
        except Exception as error:
            logger.warning("message failed", extra={"message_id": record.message_id, "reason": type(error).__name__})
            raise

    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    return dict(process_partial_response(event, deliver_record, processor))


def deliver(database: Database, queue: ExpiryQueue, body: str) -> None:
    """Expire the hold that a message names; send the message again for the rest if it came too early.

    Raises MalformedMessage, Busy, or the queue's own errors: the message is then received again, and after five
    times goes to the dead-letter queue.
    """
    reservation_id = expiry_queue.parse(body)
    seconds_left = database.run(partial(expire, reservation_id=reservation_id))
    if seconds_left is not None:
        queue.send(reservation_id, seconds_left)
