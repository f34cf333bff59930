"""Measurements of how well expiry and vacuum keep up."""

from psycopg import Connection


def expiry_lateness_seconds(connection: Connection) -> float:
    """Return how many seconds ago the oldest hold lapsed that is not yet expired; 0 if there is none."""
    return _seconds(connection, "SELECT instant_now() - min(expires_at) FROM reservations WHERE status = 'ACTIVE'")


def oldest_snapshot_seconds(connection: Connection) -> float:
    """Return for how many seconds the oldest snapshot has been open; 0 if there is none.

    Vacuum can't remove rows that ended after it. Seeing the sessions of other roles needs pg_read_all_stats.
    """
    return _seconds(
        connection,
        "SELECT clock_timestamp() - min(xact_start) FROM pg_stat_activity"
        " WHERE datname = current_database() AND backend_xmin IS NOT NULL AND pid <> pg_backend_pid()",
    )


def _seconds(connection: Connection, interval: str) -> float:
    row = connection.execute(f"SELECT greatest(0, extract(epoch FROM ({interval})))::float8").fetchone()  # noqa: S608 - constants of this file
    return float(row[0]) if row and row[0] is not None else 0.0
