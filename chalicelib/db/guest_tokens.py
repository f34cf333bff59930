"""SQL about the tokens that guests were given: so many per address and minute, counted for all processes together."""

from datetime import datetime

from chalicelib.db.connection import Connection
from chalicelib.errors import TooManyRequests

_COUNT = """
WITH moment AS MATERIALIZED (
    SELECT now, date_trunc('minute', now) AS minute FROM instant_now() AS now
), counted AS (
    INSERT INTO guest_tokens AS given (address, minute, issued)
    SELECT %(address)s::inet, minute, 1 FROM moment
    ON CONFLICT (minute, address) DO UPDATE SET issued = given.issued + 1 WHERE given.issued < %(limit)s
    RETURNING issued
)
SELECT now,
       extract(epoch FROM minute + interval '1 minute' - now)::float AS rest,
       EXISTS (SELECT FROM counted) AS granted
FROM moment
"""
"""Rivals for the last one wait for each other at the address's row, and look again at what is left."""


def count(connection: Connection, address: str, limit: int) -> datetime:
    """Count one more token for an address or network, and return the time by the database's clock.

    Raises TooManyRequests if it was given `limit` within this minute: then nothing is counted.
    """
    row = connection.execute(_COUNT, {"address": address, "limit": limit}).fetchone()
    assert row is not None  # noqa: S101 - the query's only table has one row
    now, rest, granted = row
    if not granted:
        raise TooManyRequests(rest)
    return now  # type: ignore[no-any-return] # a timestamptz
