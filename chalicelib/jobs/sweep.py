"""Sweep: expire lapsed holds whose message was lost, late or never sent."""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from chalicelib.db import reservations, waiters
from chalicelib.db.connection import Database
from chalicelib.errors import Busy, Locked
from chalicelib.jobs.measure import measure
from chalicelib.jobs.purge import purge
from chalicelib.jobs.schedule import Timer, in_batches, pass_until_next
from chalicelib.log import logger

BATCH = 500  # holds expired in one transaction


def sweep(database: Database) -> int:
    """Expire all lapsed holds and return their number. Each transaction expires a batch of one slot. Raises Busy.

    Then hand units in stock over to those who wait for them. Few are left for that: the transaction that returns units
    hands them over itself, except where a sale was not open yet.

    If the stock of a product is locked or its sweep fails, this is logged, and the next pass tries again.
    """
    slots = database.run(reservations.slots_with_lapsed_holds)
    expired = sum(
        _sweep_product(database, product_id, [slot for _, slot in of_product])
        for product_id, of_product in groupby(slots, key=itemgetter(0))
    )
    if expired:
        logger.info("swept", extra={"expired": expired})
    for product_id in database.run(waiters.awaited_products):
        _of_product(product_id, partial(database.run, waiters.serve, product_id))
    return expired


def _sweep_product(database: Database, product_id: UUID, slots: list[int]) -> int:
    sweep_slots = partial(_sweep_slots, database, product_id, slots)
    return _of_product(product_id, sweep_slots) or 0


def _of_product[Result](product_id: UUID, work: Callable[[], Result]) -> Result | None:
    """Return what the work on a product returns; None if the product is locked or the work fails, which is logged."""
    try:
        return work()
    except Locked:
        logger.warning("sweep of a product postponed: its stock is locked", extra={"product_id": str(product_id)})
    except Busy:
        raise
    except Exception:
        logger.exception("sweep of a product failed", extra={"product_id": str(product_id)})
    return None


def _sweep_slots(database: Database, product_id: UUID, slots: list[int]) -> int:
    return sum(in_batches(partial(_sweep_slot, database, product_id, slot), BATCH) for slot in slots)


def _sweep_slot(database: Database, product_id: UUID, slot: int) -> int:
    expired = database.run(reservations.sweep_slot, product_id, slot, BATCH)
    for reservation_id in expired:
        logger.info("expired", extra={"reservation_id": str(reservation_id), "by": "sweep"})
    return len(expired)


def sweep_until_next(database: Database, interval_seconds: int, timer: Timer) -> int:
    """Measure, purge a little, and sweep, every `interval_seconds` until the schedule fires again.

    Returns the number of passes. The sweep comes last, because a long one may use up the rest of the time.
    """
    steps: dict[str, Callable[[], object]] = {
        "measure": partial(measure, database, interval_seconds),
        "purge": partial(purge, database),
        "sweep": partial(sweep, database),
    }
    return pass_until_next(interval_seconds, timer, steps)
