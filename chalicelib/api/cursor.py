"""Cursors of the reservation list: opaque texts that mark where a page ends."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from chalicelib.db.reservations import Reservation
from chalicelib.errors import InvalidRequest
from chalicelib.formats import rfc3339


def after(reservation: Reservation) -> str:
    """Return the cursor of the page that follows a reservation."""
    return urlsafe_b64encode(f"{rfc3339(reservation.created_at)} {reservation.id}".encode()).decode().rstrip("=")


def parse(cursor: str) -> tuple[datetime, UUID]:
    """Return the instant and the id in a cursor. Raises InvalidRequest."""
    try:
        created_at, _, reservation_id = urlsafe_b64decode(f"{cursor}==").decode().partition(" ")
        instant = datetime.fromisoformat(created_at)
        if instant.tzinfo is None:
            raise ValueError("the instant has no time zone")
        return instant, UUID(reservation_id)
    except ValueError:
        raise InvalidRequest([("after", "is not a cursor of this list")]) from None
