"""Extend: a running hold is given more time, as long again as it was made for."""

from dataclasses import dataclass
from uuid import UUID

from chalicelib.config import HOLD_SECONDS_MAX
from chalicelib.db import reservations
from chalicelib.db.connection import Connection
from chalicelib.db.reservations import Reservation, ReservationStatus
from chalicelib.errors import ExtensionLimit, NotFound
from chalicelib.lifecycle import require_status


@dataclass(frozen=True, slots=True)
class Extended:
    """A reservation whose hold was extended, and the seconds that it has to run, by the database's clock."""

    reservation: Reservation
    seconds_left: float


def extend(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Extended:
    """Move the lapse of a running hold on by the length it was made with, whatever its product's is now.

    Never past HOLD_SECONDS_MAX after the reservation. The end of the sale sets no bound: it keeps new holds out, and
    nobody else could buy the units of one that was made before it.

    Not idempotent: repeating it uses the next extension up, or is refused. Whoever got no reply reads the reservation
    before trying again. Raises NotFound, NotActive, ReservationExpired, or ExtensionLimit if no extension is left or
    no time would be gained.
    """
    result = reservations.extend(connection, reservation_id, shopper_id, HOLD_SECONDS_MAX)
    if result is None:
        raise NotFound
    reservation, seconds_left = result
    require_status(ReservationStatus.ACTIVE, reservation)
    if seconds_left is None:
        raise ExtensionLimit
    return Extended(reservation, seconds_left)
