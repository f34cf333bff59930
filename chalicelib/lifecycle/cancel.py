"""Cancel: a shopper gives a hold back before it lapses."""

from uuid import UUID

from chalicelib.api.schemas import Reservation, ReservationStatus
from chalicelib.db import reservations
from chalicelib.db.connection import Connection
from chalicelib.lifecycle.ending import refuse_unless
from chalicelib.lifecycle.give_back import give_back


def cancel(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Reservation:
    """Return the cancelled reservation, its units back in stock; repeating it gives the same.

    Raises NotFound, NotActive if it was completed, ReservationExpired if the hold has lapsed.
    """
    with connection.transaction():
        reservations.lock(connection, reservation_id)
        if ended := reservations.cancel(connection, reservation_id, shopper_id):
            give_back(connection, ended)
        return refuse_unless(ReservationStatus.CANCELLED, reservations.find(connection, reservation_id, shopper_id))
