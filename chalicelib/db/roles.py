"""The database role of the functions in AWS: its grants and its timeouts."""

from psycopg import Connection, sql

APPLICATION_ROLE = "flash_sale_app"

# Settings of the role and not of each session, because RDS Proxy pins a session that uses SET. The timeouts keep a
# client that freezes while it holds a lock from stopping a sale.
SETTINGS = {
    "lock_timeout": "2s",
    "statement_timeout": "5s",
    "idle_in_transaction_session_timeout": "5s",
    "timezone": "UTC",
}

# The least privileges that the functions need. The role can't delete reservations or journal entries.
GRANTS = {
    "products": "SELECT, INSERT, UPDATE",
    "stock": "SELECT, INSERT, UPDATE",
    "reservations": "SELECT, INSERT, UPDATE",
    "idempotency_keys": "SELECT, INSERT, UPDATE, DELETE",
    "guest_tokens": "SELECT, INSERT, UPDATE, DELETE",
    "refusals": "SELECT, INSERT, UPDATE, DELETE",
    "payments": "SELECT, INSERT",
    "waiters": "SELECT, INSERT, UPDATE",
    "settled_refunds": "SELECT, INSERT",
    "refunds": "SELECT",
    "admin_changes": "SELECT, INSERT",
    "journal": "SELECT, INSERT",
    "publications": "SELECT, INSERT, UPDATE",
    "reservation_now": "SELECT",
    "product_now": "SELECT",
    "product_shown": "SELECT",
    "waiter_now": "SELECT",
    "stock_balance": "SELECT",
    "journal_balance": "SELECT",
    "journal_entries": "SELECT",
}


def limit_current_role(connection: Connection) -> None:
    """Set the timeouts of the connection's role in this database. A clone of the database does not inherit them."""
    _limit(connection, sql.SQL("CURRENT_USER"))


def ensure_application_role(connection: Connection) -> None:
    """Create the application role and set its grants and timeouts. The connection must be the owner's.

    On RDS the role logs in with IAM tokens. It may read statistics of other sessions, to find old snapshots.
    """
    role = sql.Identifier(APPLICATION_ROLE)
    exists = "SELECT FROM pg_roles WHERE rolname = %s"
    if not connection.execute(exists, [APPLICATION_ROLE]).rowcount:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
    for group in ("rds_iam", "pg_read_all_stats"):
        if connection.execute(exists, [group]).rowcount:
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), role))
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
    connection.execute(sql.SQL("GRANT USAGE, SELECT ON SEQUENCE journal_id_seq TO {}").format(role))
    for table, privileges in GRANTS.items():
        statement = sql.SQL("GRANT {} ON {} TO {}")
        connection.execute(statement.format(sql.SQL(privileges), sql.Identifier(table), role))
    _limit(connection, role)


def _limit(connection: Connection, role: sql.Composable) -> None:
    database = sql.Identifier(connection.info.dbname)
    for name, value in SETTINGS.items():
        statement = sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}")
        connection.execute(statement.format(role, database, sql.Identifier(name), sql.Literal(value)))
