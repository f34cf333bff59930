"""Publish: send journal entries to the event bus, each at least once, outside of any request.

Each bus has a cursor, the position of the last entry sent. A batch is one short transaction: lock the cursor, read the
next entries, send them, advance the cursor. If a step fails, the batch is sent again. Consumers drop duplicates by
`id`.
"""

from functools import partial

from chalicelib.aws import event_bus
from chalicelib.aws.event_bus import Event, EventBus
from chalicelib.db import locks, publications
from chalicelib.db.connection import Connection, Database
from chalicelib.db.publications import Cursor, Entry
from chalicelib.errors import NotPublished
from chalicelib.formats import rfc3339
from chalicelib.jobs.schedule import Timer, pass_until_next
from chalicelib.log import logger


def publish_until_next(database: Database, bus: EventBus | None, interval_seconds: int, timer: Timer) -> int:
    """Publish every `interval_seconds` until the schedule fires again; return the number of passes, 0 without a bus."""
    if bus is None:
        return 0
    return pass_until_next(interval_seconds, timer, {"publish": partial(publish, database, bus, timer)})


def publish(database: Database, bus: EventBus, timer: Timer) -> int:
    """Send the entries that have not been sent, while time is left; return their number. Raises Busy.

    If the bus fails, this is logged, and the next pass sends the rest.
    """
    sent = 0
    try:
        bus.open()
        database.run(publications.begin, bus.name)
        batch = event_bus.BATCH
        while batch == event_bus.BATCH and timer.has_time():
            batch = database.run(_publish_batch, bus)
            sent += batch
    except NotPublished as error:
        logger.warning("events not published; the next pass tries again", extra={"reason": str(error)})
    if sent:
        logger.info("published", extra={"sent": sent})
    return sent


def _publish_batch(connection: Connection, bus: EventBus) -> int:
    """Send one batch and advance the cursor; return the number of entries. 0 if another publisher is running."""
    with connection.transaction():
        position = locks.publication(connection, bus.name)
        if position is None:
            return 0
        cursor = Cursor(*position)
        entries = publications.entries_after(connection, cursor, event_bus.BATCH)
        if entries:
            bus.send([_event(entry) for entry in entries])
            publications.advance(connection, bus.name, entries[-1].cursor)
        return len(entries)


def _event(entry: Entry) -> Event:
    """Return the event of a journal entry. It contains nothing about the shopper."""
    subject = "Reservation" if entry.reservation_id else "Product"
    detail = {
        "id": entry.id,
        "at": rfc3339(entry.at),
        "event": entry.event,
        "productId": str(entry.product_id),
        "reservationId": str(entry.reservation_id) if entry.reservation_id else None,
        "quantity": entry.quantity,
        "by": entry.by,
    }
    return Event(f"{subject}{entry.event.capitalize()}", entry.at, detail)
