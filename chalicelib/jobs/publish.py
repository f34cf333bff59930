"""Publish: send journal entries to the event bus, each at least once, outside of any request.

The cursor of a bus is the position up to which entries have been sent. Each chunk is one short transaction: lock the
cursor, send, move the cursor. If anything fails before that is committed, the chunk is sent again: consumers drop
repeated events by their `id`.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import batched

from chalicelib.aws import event_bus
from chalicelib.aws.event_bus import Event, EventBus
from chalicelib.db import locks, publications
from chalicelib.db.connection import Connection, Database
from chalicelib.db.publications import Cursor, Entry
from chalicelib.errors import NotPublished
from chalicelib.formats import rfc3339
from chalicelib.jobs.schedule import Timer, pass_until_next
from chalicelib.log import logger

READ_AT_ONCE = 2_000  # entries


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
        for chunk in _publish_all(database, bus, timer):
            sent += chunk
    except NotPublished as error:
        logger.warning("events not published; the next pass tries again", extra={"reason": str(error)})
    if sent:
        logger.info("published", extra={"sent": sent})
    return sent


def _publish_all(database: Database, bus: EventBus, timer: Timer) -> Iterator[int]:
    """Read the next entries at once and send them in chunks, until few are left or time is up; yield the chunks' sizes.

    Ends early if another publisher is working.
    """
    cursor = database.run(publications.position, bus.name)
    there_is_more = True
    while there_is_more:
        entries = database.run(publications.entries_after, bus.name, cursor, READ_AT_ONCE)
        there_is_more = len(entries) == READ_AT_ONCE
        for chunk in batched(entries, event_bus.SENT_AT_ONCE, strict=False):
            if not (timer.has_time() and database.run(_publish_chunk, bus, cursor, chunk)):
                return
            cursor = chunk[-1].cursor
            yield len(chunk)


def _publish_chunk(connection: Connection, bus: EventBus, cursor: Cursor, entries: Sequence[Entry]) -> bool:
    """Send entries and move the cursor past them; return False if another publisher has it or has moved it."""
    with connection.transaction():
        if locks.publication(connection, bus.name) != cursor:
            return False
        bus.send([_event(entry) for entry in entries])
        publications.advance(connection, bus.name, entries[-1].cursor)
        return True


def _event(entry: Entry) -> Event:
    """Return the event of a journal entry. It contains nothing about the shopper."""
    subject = "Reservation" if entry.reservation_id else "Waiter" if entry.waiter_id else "Product"
    reservation_id = entry.reservation_id or entry.offered_id
    detail = {
        "id": entry.id,
        "at": rfc3339(entry.at),
        "event": entry.event,
        "productId": str(entry.product_id),
        "reservationId": str(reservation_id) if reservation_id else None,
        "waiterId": str(entry.waiter_id) if entry.waiter_id else None,
        "quantity": entry.quantity,
        "by": entry.by,
    }
    name = entry.event.title().replace("_", "")
    return Event(f"{subject}{name}", entry.at, detail)
