"""SQL about payments whose money must go back."""

from psycopg import Connection
from psycopg.rows import class_row

from chalicelib.api.admin_schemas import Refund


def newest(connection: Connection, limit: int, before: str | None = None) -> list[Refund]:
    """Return at most `limit` of them, newest first, of all or of those that come after the payment `before`."""
    cursor = connection.cursor(row_factory=class_row(Refund))
    return cursor.execute(
        "SELECT reference AS payment_reference, reservation_id, amount, recorded_at FROM payments"
        " WHERE outcome = 'REFUND_REQUIRED' AND (%(before)s::text IS NULL OR (recorded_at, reference)"
        " < (SELECT earlier.recorded_at, earlier.reference FROM payments AS earlier WHERE reference = %(before)s))"
        " ORDER BY recorded_at DESC, reference DESC LIMIT %(limit)s",
        {"limit": limit, "before": before},
    ).fetchall()
