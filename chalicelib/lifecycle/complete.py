"""Complete: a hold becomes a sale, if it is paid before it lapses."""

from uuid import UUID

from chalicelib.api.schemas import Reservation, ReservationStatus
from chalicelib.db import reservations
from chalicelib.db.connection import Connection
from chalicelib.lifecycle.ending import refuse_unless


def complete(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Reservation:
    """Return the completed reservation; repeating it gives the same.

    Raises NotFound, NotActive if it was cancelled, ReservationExpired if the hold has lapsed.
    """
    with connection.transaction():
        reservations.lock(connection, reservation_id)
        reservations.complete(connection, reservation_id, shopper_id)
        return refuse_unless(ReservationStatus.COMPLETED, reservations.find(connection, reservation_id, shopper_id))
