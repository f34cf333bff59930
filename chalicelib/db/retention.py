"""Deletion of old rows, in batches."""

from psycopg import Connection


def delete_idempotency_keys(connection: Connection, limit: int) -> int:
    """Delete at most `limit` idempotency keys older than a day, oldest first; return how many."""
    return connection.execute(
        "DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY("
        " SELECT ctid FROM idempotency_keys WHERE created_at < instant_of_statement() - interval '24 hours'"
        " ORDER BY created_at LIMIT %s))",
        [limit],
    ).rowcount


def delete_guest_token_windows(connection: Connection, limit: int) -> int:
    """Delete at most `limit` counts of guest tokens older than an hour; return how many."""
    return connection.execute(
        "DELETE FROM guest_tokens WHERE ctid = ANY (ARRAY("
        " SELECT ctid FROM guest_tokens WHERE minute < instant_of_statement() - interval '1 hour'"
        " ORDER BY minute LIMIT %s))",
        [limit],
    ).rowcount
