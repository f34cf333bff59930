"""The number of guest tokens issued to each address in each minute, counted over all environments."""

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
"""Concurrent requests of one address wait at its row. After the wait, Postgres checks the condition again."""


def count(connection: Connection, address: str, limit: int) -> datetime:
    """Count one token for an address or network, and return the time of the database's clock.

    Raises TooManyRequests, and counts nothing, if `limit` tokens were issued to it within this minute.
    """
    row = connection.execute(_COUNT, {"address": address, "limit": limit}).fetchone()
    assert row is not None  # noqa: S101 - `moment` always has one row
    now, rest, granted = row
    if not granted:
        raise TooManyRequests(rest)
    return now  # type: ignore[no-any-return] # a timestamptz
