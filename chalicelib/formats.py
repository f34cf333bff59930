"""How values are written outside: JSON objects and instants."""

from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


def rfc3339(instant: datetime) -> str:
    """Return an instant as the API and the events write it: UTC, milliseconds, `Z`."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
