"""A sale's window must have an inside."""

from datetime import datetime

from chalicelib.errors import InvalidRequest

_FAULTS = {"saleEndsAt": "must be later than saleStartsAt", "saleStartsAt": "must be earlier than saleEndsAt"}


def refuse_unless_ordered(starts_at: datetime | None, ends_at: datetime | None, field: str = "saleEndsAt") -> None:
    """Raise InvalidRequest, naming `field`, if a sale would end before it starts; None is no bound."""
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        raise InvalidRequest([(field, _FAULTS[field])])
