"""Release: an admin ends a shopper's hold before it lapses, and its units return to stock."""

from uuid import UUID

from chalicelib.db import holds
from chalicelib.db.connection import Connection
from chalicelib.db.holds import Listed
from chalicelib.db.reservations import ReservationStatus
from chalicelib.errors import NotActive
from chalicelib.lifecycle import require_status


def release(connection: Connection, reservation_id: UUID, made_by: str) -> Listed:
    """Release a reservation and return it. `made_by` is the admin, for the list of changes. Idempotent.

    Does not count for the shopper's cooldown. Raises NotFound, NotActive if it was completed or the shopper cancelled
    it, ReservationExpired if the hold has lapsed.
    """
    released = holds.release(connection, reservation_id, made_by)
    reservation = require_status(ReservationStatus.CANCELLED, released.reservation if released else None)
    if released is None or released.ended_by != holds.BY_ADMIN:
        raise NotActive(reservation.status)
    return released
