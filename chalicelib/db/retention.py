"""SQL that deletes what has been kept long enough, one function per statement."""

from psycopg import Connection


def delete_idempotency_keys(connection: Connection, limit: int) -> int:
    """Delete at most `limit` keys older than a day, the oldest first, passing over locked ones; return how many."""
    return connection.execute(
        "DELETE FROM idempotency_keys WHERE (shopper_id, key) IN ("
        " SELECT shopper_id, key FROM idempotency_keys WHERE created_at < instant_of_statement() - interval '24 hours'"
        " ORDER BY created_at LIMIT %s FOR UPDATE SKIP LOCKED)",
        [limit],
    ).rowcount


def delete_guest_token_windows(connection: Connection, limit: int) -> int:
    """Delete at most `limit` counts of guest tokens older than an hour, passing over locked ones; return how many."""
    return connection.execute(
        "DELETE FROM guest_tokens WHERE (minute, address) IN ("
        " SELECT minute, address FROM guest_tokens WHERE minute < instant_of_statement() - interval '1 hour'"
        " ORDER BY minute LIMIT %s FOR UPDATE SKIP LOCKED)",
        [limit],
    ).rowcount
