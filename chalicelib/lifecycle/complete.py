"""Complete: a hold becomes a sale, if it is paid before it lapses."""

from uuid import UUID

from chalicelib import reservations
from chalicelib.database import Connection
from chalicelib.lifecycle.ending import refuse_unless
from chalicelib.schemas import Reservation, ReservationStatus


def complete(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Reservation:
    """Return the completed reservation; repeating it gives the same.

    Raises NotFound, NotActive if it was cancelled, ReservationExpired if the hold has lapsed.
    """
    with connection.transaction():
        reservations.lock(connection, reservation_id)
        reservations.complete(connection, reservation_id, shopper_id)
        return refuse_unless(ReservationStatus.COMPLETED, reservations.find(connection, reservation_id, shopper_id))
