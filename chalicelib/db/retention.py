"""Deletion of old rows, in batches."""

from typing import LiteralString

from psycopg import Connection


def delete_idempotency_keys(connection: Connection, limit: int) -> int:
    """Delete at most `limit` keys older than a day, the oldest first, passing over locked ones; return how many."""
    return _delete(connection, "SELECT purge_idempotency_keys(%s)", limit)


def delete_guest_token_windows(connection: Connection, limit: int) -> int:
    """Delete at most `limit` counts of guest tokens older than an hour, passing over locked ones; return how many."""
    return _delete(connection, "SELECT purge_guest_tokens(%s)", limit)


def delete_refusals(connection: Connection, limit: int) -> int:
    """Delete at most `limit` counts of refusals older than an hour, passing over locked ones; return how many."""
    return _delete(connection, "SELECT purge_refusals(%s)", limit)


def _delete(connection: Connection, statement: LiteralString, limit: int) -> int:
    row = connection.execute(statement, [limit]).fetchone()
    return int(row[0]) if row else 0
