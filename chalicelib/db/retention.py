"""Deletion of old rows, in batches."""

from psycopg import Connection


def delete_idempotency_keys(connection: Connection, limit: int) -> int:
    """Delete at most `limit` keys older than a day, the oldest first, passing over locked ones; return how many."""
    row = connection.execute("SELECT purge_idempotency_keys(%s)", [limit]).fetchone()
    return int(row[0]) if row else 0


def delete_guest_token_windows(connection: Connection, limit: int) -> int:
    """Delete at most `limit` counts of guest tokens older than an hour, passing over locked ones; return how many."""
    row = connection.execute("SELECT purge_guest_tokens(%s)", [limit]).fetchone()
    return int(row[0]) if row else 0


def delete_refusals(connection: Connection, limit: int) -> int:
    """Delete at most `limit` counts of refusals older than an hour, passing over locked ones; return how many."""
    row = connection.execute("SELECT purge_refusals(%s)", [limit]).fetchone()
    return int(row[0]) if row else 0
