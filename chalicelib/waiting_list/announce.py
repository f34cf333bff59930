"""Announce: send the expiry messages of the holds that a transaction made for shoppers who wait, after its commit."""

from chalicelib.aws import expiry_queue
from chalicelib.db.connection import Database
from chalicelib.db.offers import Offer
from chalicelib.log import logger


def announcing(database: Database) -> Database:
    """Return the database, which announces its offers from now on. For everything that may return units to stock."""
    database.announce = announce
    return database


def announce(offer: Offer) -> None:
    """Send the expiry message of an offer, and log it. If the queue fails, the sweep expires the hold."""
    expiry_queue.current().send_if_possible(offer.reservation_id, offer.seconds)
    logger.info("offered", extra={name: str(getattr(offer, name)) for name in Offer.__slots__})
