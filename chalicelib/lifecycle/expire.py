"""Expire: a delayed message says that a hold may have lapsed; the database says whether it has."""

from uuid import UUID

from chalicelib.db import reservations
from chalicelib.db.connection import Connection
from chalicelib.lifecycle.give_back import give_back
from chalicelib.log import logger


def expire(connection: Connection, reservation_id: UUID) -> float | None:
    """Expire a lapsed hold; return the seconds that an ACTIVE one has still to run, else None.

    Early, late, repeated and unknown messages are all harmless: only a lapsed ACTIVE reservation changes, once.
    """
    with connection.transaction():
        ended = reservations.expire(connection, reservation_id)
        if ended:
            give_back(connection, ended)
    if ended is None:
        return reservations.seconds_to_lapse(connection, reservation_id)
    logger.info("expired", extra={"reservation_id": str(reservation_id), "by": "message"})
    return None
