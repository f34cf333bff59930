"""SQL about idempotency keys: which reservation a key was used for. `chalicelib.db.holds` writes them."""

from uuid import UUID

from psycopg import Connection


def find(connection: Connection, shopper_id: UUID, key: str) -> UUID | None:
    """Return the reservation that a shopper used a key for, or None."""
    row = connection.execute(
        "SELECT reservation_id FROM idempotency_keys WHERE shopper_id = %s AND key = %s", [shopper_id, key]
    ).fetchone()
    return row[0] if row else None
