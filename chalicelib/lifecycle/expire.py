"""Expire: a delayed message says that a hold may have lapsed; the database says whether it has."""

from uuid import UUID

from chalicelib.db import reservations
from chalicelib.db.connection import Connection
from chalicelib.log import logger


def expire(connection: Connection, reservation_id: UUID, *, wait: bool = True) -> float | None:
    """Expire a lapsed hold; return the seconds that an ACTIVE one has still to run, else None.

    Early, late, repeated and unknown messages are all harmless: only a lapsed ACTIVE reservation changes, once.
    Without `wait`, a lock that somebody else has is an error at once.
    """
    outcome, seconds_left = reservations.expire(connection, reservation_id, wait=wait)
    if outcome == "expired":
        logger.info("expired", extra={"reservation_id": str(reservation_id), "by": "message"})
    return seconds_left
