"""Expiry messages: expire the holds that a batch of messages names."""

from typing import TYPE_CHECKING

from chalicelib.aws import expiry_queue
from chalicelib.aws.expiry_queue import ExpiryQueue
from chalicelib.db.connection import Database
from chalicelib.errors import Busy
from chalicelib.formats import Json
from chalicelib.lifecycle.expire import expire
from chalicelib.log import logger

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord


def deliver_batch(event: Json, database: Database, queue: ExpiryQueue) -> Json:
    """Deliver every message of an SQS event and return the ids of those that failed. SQS delivers only these again.

    After one message has timed out waiting for a lock, the rest of the batch does not wait for locks. Several waits
    would exceed the function's timeout, and SQS would then deliver the whole batch again.
    """
    # Imported here, because HTTP routes do not need it and a cold start should not load it.
    from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

    lock_timed_out = False

    def deliver_record(record: "SQSRecord") -> None:
        nonlocal lock_timed_out
        try:
            deliver(database, queue, record.body, wait=not lock_timed_out)
        except Exception as error:
            lock_timed_out |= isinstance(error, Busy)
            logger.warning("message failed", extra={"message_id": record.message_id, "reason": type(error).__name__})
            raise

    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    return dict(process_partial_response(event, deliver_record, processor))


def deliver(database: Database, queue: ExpiryQueue, body: str, *, wait: bool = True) -> None:
    """Expire the hold that a message names. If the message came too early, send it again for the remaining time.

    Raises MalformedMessage, Busy, or the queue's own errors. SQS then delivers the message again. After five deliveries
    the message goes to the dead-letter queue.
    """
    reservation_id = expiry_queue.parse(body)
    seconds_left = database.run(expire, reservation_id, wait=wait)
    if seconds_left is not None:
        queue.send(reservation_id, seconds_left)
