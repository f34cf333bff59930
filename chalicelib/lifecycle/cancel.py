"""Cancel: end a hold before it lapses and return its units to stock."""

from uuid import UUID

from chalicelib.db import reservations
from chalicelib.db.connection import Connection
from chalicelib.db.reservations import Reservation, ReservationStatus
from chalicelib.lifecycle import require_status


def cancel(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Reservation:
    """Cancel a reservation and return it. Idempotent.

    Raises NotFound, NotActive if it was completed, ReservationExpired if the hold has lapsed.
    """
    return require_status(ReservationStatus.CANCELLED, reservations.cancel(connection, reservation_id, shopper_id))
