"""Announce: send the expiry messages of the holds that a transaction made for shoppers who wait, after its commit."""

import time
from collections.abc import Callable, Sequence

from chalicelib.aws import expiry_queue
from chalicelib.db.connection import Database
from chalicelib.db.offers import Offer
from chalicelib.log import logger

SECONDS_MAX = 1.0


def announcing(database: Database) -> Database:
    """Return the database, which announces its offers from now on. For everything that may return units to stock."""
    database.announce = announce
    return database


def announce(offers: Sequence[Offer], clock: Callable[[], float] = time.monotonic) -> None:
    """Log offers, and send their expiry messages for at most SECONDS_MAX: the request that returned the units waits.

    The sweep expires the holds whose messages are not sent. `clock` gives seconds.
    """
    until = clock() + SECONDS_MAX
    for offer in offers:
        if clock() < until:
            expiry_queue.current().send_if_possible(offer.reservation_id, offer.seconds)
        logger.info("offered", extra={name: str(getattr(offer, name)) for name in Offer.__slots__})
