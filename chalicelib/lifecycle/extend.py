"""Extend: a running hold is given more time, as long again as it was made for."""

from dataclasses import dataclass
from uuid import UUID

from chalicelib.api.schemas import Reservation, ReservationStatus
from chalicelib.config import HOLD_SECONDS_MAX
from chalicelib.db import reservations
from chalicelib.db.connection import Connection
from chalicelib.errors import ExtensionLimit
from chalicelib.lifecycle.ending import refuse_unless


@dataclass(frozen=True, slots=True)
class Extended:
    """A reservation whose hold was extended, and the seconds that it has now to run, by the database's clock."""

    reservation: Reservation
    seconds_left: float


def extend(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Extended:
    """Move the lapse of a running hold on by the length it was made with, whatever its product's is by now.

    Never past HOLD_SECONDS_MAX after the reservation. The end of the sale sets no bound: it keeps new holds out, while
    one from before it runs on and can be paid for, and what it keeps could be sold to nobody else.

    Not idempotent: repeating it uses the next extension up, or is refused. Whoever got no reply reads the reservation
    before trying again. Raises NotFound, NotActive, ReservationExpired, or ExtensionLimit if no extension is left or
    no time would be gained.
    """
    with connection.transaction():
        reservations.lock(connection, reservation_id)
        seconds_left = reservations.extend(connection, reservation_id, shopper_id, HOLD_SECONDS_MAX)
        reservation = refuse_unless(ReservationStatus.ACTIVE, reservations.find(connection, reservation_id, shopper_id))
        if seconds_left is None:
            raise ExtensionLimit
        return Extended(reservation, seconds_left)
