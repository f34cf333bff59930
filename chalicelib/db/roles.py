"""The role that the functions use in AWS: what it may do, and for how long."""

from psycopg import Connection, sql

APPLICATION_ROLE = "flash_sale_app"

# Settings of a role in this database, not of a session, because RDS Proxy pins a session that sets its own. A client
# that freezes while it holds a row that everyone wants must not stop a sale.
SETTINGS = {
    "lock_timeout": "2s",
    "statement_timeout": "5s",
    "idle_in_transaction_session_timeout": "5s",
    "timezone": "UTC",
}

# The least that the database functions and the jobs need. Nobody deletes reservations or journal entries.
GRANTS = {
    "products": "SELECT, INSERT, UPDATE",
    "stock": "SELECT, INSERT, UPDATE",
    "reservations": "SELECT, INSERT, UPDATE",
    "idempotency_keys": "SELECT, INSERT, UPDATE, DELETE",
    "guest_tokens": "SELECT, INSERT, UPDATE, DELETE",
    "payments": "SELECT, INSERT",
    "admin_changes": "SELECT, INSERT",
    "journal": "SELECT, INSERT",
    "publications": "SELECT, INSERT, UPDATE",
    "reservation_now": "SELECT",
    "product_now": "SELECT",
    "stock_balance": "SELECT",
    "journal_balance": "SELECT",
    "journal_entries": "SELECT",
}


def limit_current_role(connection: Connection) -> None:
    """Give the connection's role its timeouts in this database; a clone of the database does not inherit them."""
    _limit(connection, sql.SQL("CURRENT_USER"))


def ensure_application_role(connection: Connection) -> None:
    """Make the role of the functions, with the least grants and the timeouts; called by the owner of the tables.

    It logs in with IAM tokens where the database is RDS, and may see how old other sessions' snapshots are.
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
