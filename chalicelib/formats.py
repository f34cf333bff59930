"""The formats of JSON objects and instants in replies and events."""

from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


def rfc3339(instant: datetime) -> str:
    """Return an instant in UTC with milliseconds and `Z`, the format of the API and of events."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
