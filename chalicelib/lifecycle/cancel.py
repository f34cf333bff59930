"""Cancel: a shopper gives a hold back before it lapses."""

from uuid import UUID

from chalicelib.db import reservations
from chalicelib.db.connection import Connection
from chalicelib.db.reservations import Reservation, ReservationStatus
from chalicelib.lifecycle import require_status


def cancel(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Reservation:
    """Return the cancelled reservation, its units back in stock; repeating it gives the same.

    Raises NotFound, NotActive if it was completed, ReservationExpired if the hold has lapsed.
    """
    return require_status(ReservationStatus.CANCELLED, reservations.cancel(connection, reservation_id, shopper_id))
