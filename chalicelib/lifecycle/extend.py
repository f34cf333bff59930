"""Extend: move the lapse of a running hold by the hold's original length."""

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
    """A reservation whose hold was extended, and the seconds until its new lapse by the database's clock."""

    reservation: Reservation
    seconds_left: float


def extend(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Extended:
    """Extend a running hold by its original length, even if the product's hold length has changed since.

    The hold never lasts longer than HOLD_SECONDS_MAX in all. It may last beyond the end of the sale, because nobody
    else could buy its units then.

    Not idempotent: a repeated call uses the next extension or is refused. A caller without a reply must read the
    reservation first. Raises NotFound, NotActive, ReservationExpired, and ExtensionLimit if no extension is left or the
    hold would not become longer.
    """
    result = reservations.extend(connection, reservation_id, shopper_id, HOLD_SECONDS_MAX)
    if result is None:
        raise NotFound
    reservation, seconds_left = result
    require_status(ReservationStatus.ACTIVE, reservation)
    if seconds_left is None:
        raise ExtensionLimit
    return Extended(reservation, seconds_left)
