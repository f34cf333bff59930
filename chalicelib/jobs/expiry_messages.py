"""Expiry messages: what the expire function does with a batch of the queue."""

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
    """Deliver every message of an SQS event; return which failed, so that only they are received again.

    After the first message that waited in vain for a lock, the others of the batch do not wait for theirs: together
    they would outlast the function, and the healthy ones would be received again too.
    """
    # Loaded here, because the HTTP routes do without it.
    from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

    waited_in_vain = False

    def deliver_record(record: "SQSRecord") -> None:
        nonlocal waited_in_vain
        try:
            deliver(database, queue, record.body, wait=not waited_in_vain)
        except Exception as error:
            waited_in_vain |= isinstance(error, Busy)
            logger.warning("message failed", extra={"message_id": record.message_id, "reason": type(error).__name__})
            raise

    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    return dict(process_partial_response(event, deliver_record, processor))


def deliver(database: Database, queue: ExpiryQueue, body: str, *, wait: bool = True) -> None:
    """Expire the hold that a message names; send the message again for the rest if it came too early.

    Raises MalformedMessage, Busy, or the queue's own errors: the message is then received again, and after five
    times goes to the dead-letter queue.
    """
    reservation_id = expiry_queue.parse(body)
    seconds_left = database.run(expire, reservation_id, wait=wait)
    if seconds_left is not None:
        queue.send(reservation_id, seconds_left)
