"""Extend: move the lapse of a running hold by the hold's original length."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from chalicelib.config import HOLD_SECONDS_MAX
from chalicelib.db import reservations
from chalicelib.db.connection import Connection
from chalicelib.db.reservations import ExtendResult, Reservation, ReservationStatus
from chalicelib.errors import ExtensionLimit, ExtensionTooEarly, FlashSaleError, NotFound
from chalicelib.lifecycle import require_status


@dataclass(frozen=True, slots=True)
class Extended:
    """A reservation whose hold was extended, and the seconds until its new lapse by the database's clock."""

    reservation: Reservation
    seconds_left: float


def extend(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Extended:
    """Extend a running hold by its original length, even if the product's hold length has changed since.

    Possible in the last 30 s of the hold, or in the last quarter of a short one (`functions/extendable_at.sql`), and
    once only while others wait for the product. The hold never lasts longer than HOLD_SECONDS_MAX in all. It may last
    beyond the end of the sale, because nobody else could buy its units then.

    Not idempotent: a repeated call uses the next extension or is refused. A caller without a reply must read the
    reservation first. Raises NotFound, NotActive, ReservationExpired, ExtensionLimit if no extension is left or the
    hold would not become longer, and else ExtensionTooEarly.
    """
    result = reservations.extend(connection, reservation_id, shopper_id, HOLD_SECONDS_MAX)
    if result is None:
        raise NotFound
    reservation = require_status(ReservationStatus.ACTIVE, result.reservation)
    if result.seconds_left is None:
        raise _refusal(result)
    return Extended(reservation, result.seconds_left)


def _refusal(result: ExtendResult) -> FlashSaleError:
    held = result.reservation
    if held.extensions_left == 0 or held.expires_at - held.created_at >= timedelta(seconds=HOLD_SECONDS_MAX):
        return ExtensionLimit(others_wait=result.others_wait)
    assert held.extendable_at is not None and result.seconds_to_wait is not None  # noqa: S101, PT018 - it is ACTIVE
    return ExtensionTooEarly(held.extendable_at, result.seconds_to_wait)
