"""Expire: a message says that a hold may have lapsed. The database's clock decides whether it has."""

from uuid import UUID

from chalicelib.db import reservations
from chalicelib.db.connection import Connection
from chalicelib.log import logger


def expire(connection: Connection, reservation_id: UUID, *, wait: bool = True) -> float | None:
    """Expire a lapsed hold. Return the seconds until the lapse if the hold has not lapsed, else None.

    Early, late, repeated and unknown messages change nothing: only a lapsed ACTIVE reservation changes, and only once.
    If `wait` is false, a lock held by another transaction is an error at once.
    """
    outcome, seconds_left = reservations.expire(connection, reservation_id, wait=wait)
    if outcome == "expired":
        logger.info("expired", extra={"reservation_id": str(reservation_id), "by": "message"})
    return seconds_left
