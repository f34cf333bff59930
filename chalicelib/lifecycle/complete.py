"""Complete: a hold becomes a sale, if it is paid before it lapses."""

from uuid import UUID

from chalicelib.db import reservations
from chalicelib.db.connection import Connection
from chalicelib.db.reservations import Reservation, ReservationStatus
from chalicelib.lifecycle import require_status


def complete(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Reservation:
    """Return the completed reservation; repeating it gives the same.

    Raises NotFound, NotActive if it was cancelled, ReservationExpired if the hold has lapsed.
    """
    return require_status(ReservationStatus.COMPLETED, reservations.complete(connection, reservation_id, shopper_id))
