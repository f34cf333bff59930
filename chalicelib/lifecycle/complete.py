"""Complete: turn a hold into a sale before it lapses. `pay` calls this after the provider has confirmed."""

from uuid import UUID

from chalicelib.db import reservations
from chalicelib.db.connection import Connection
from chalicelib.db.reservations import Reservation, ReservationStatus
from chalicelib.lifecycle import require_status


def complete(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Reservation:
    """Complete a reservation and return it. Idempotent.

    Raises NotFound, NotActive if it was cancelled, ReservationExpired if the hold has lapsed.
    """
    return require_status(ReservationStatus.COMPLETED, reservations.complete(connection, reservation_id, shopper_id))
