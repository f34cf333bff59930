"""Numbered SQL files, applied in order, each once and in a transaction of its own, by one caller at a time.

A file that begins with `-- outside a transaction` holds one statement that can't be in one, such as an index built
beside running traffic.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

from psycopg import Connection, sql

from chalicelib.errors import ConfigurationError

ADVISORY_LOCK = 7_302_417  # any number, as long as nothing else in this database locks it

RIVAL_SECONDS = 0.1  # between looks whether another caller has finished
OUTSIDE_A_TRANSACTION = "-- outside a transaction"

# Settings of the role in this database, because RDS Proxy pins a session that sets its own: a client that
# freezes while it holds the row everyone wants must not stop a sale.
ROLE_SETTINGS: dict[str, str] = {
    "lock_timeout": "2s",
    "statement_timeout": "5s",
    "idle_in_transaction_session_timeout": "5s",
    "timezone": "UTC",
}


def apply(connection: Connection) -> list[str]:
    """Apply what `connection`'s database lacks; return the names applied, in order.

    The connection must be in autocommit mode. Raises ConfigurationError if the database is newer than this code.
    """
    with _alone(connection):
        connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations"
            " (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())"
        )
        applied = {str(name) for (name,) in connection.execute("SELECT name FROM schema_migrations")}
        if unknown := applied - {name for name, _ in _files()}:
            raise ConfigurationError(f"The database has migrations that this version lacks: {', '.join(unknown)}.")
        missing = [(name, statements) for name, statements in _files() if name not in applied]
        for name, statements in missing:
            _apply_one(connection, name, statements)
        limit_role(connection)
    return [name for name, _ in missing]


def _apply_one(connection: Connection, name: str, statements: str) -> None:
    if statements.startswith(OUTSIDE_A_TRANSACTION):
        _drop_unfinished_indexes(connection)
        connection.execute(statements)
        _record(connection, name)
    else:
        with connection.transaction():
            connection.execute(statements)
            _record(connection, name)


def _record(connection: Connection, name: str) -> None:
    connection.execute("INSERT INTO schema_migrations (name) VALUES (%s)", [name])


def _drop_unfinished_indexes(connection: Connection) -> None:
    """Drop what an interrupted build has left behind: it is never used, yet has the name of the finished one."""
    unfinished = connection.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid").fetchall()
    for (name,) in unfinished:
        connection.execute(sql.SQL("DROP INDEX CONCURRENTLY {}").format(sql.Identifier(name)))


def limit_role(connection: Connection) -> None:
    """Give the role its limits in this database; a database cloned from another does not inherit them."""
    database = sql.Identifier(connection.info.dbname)
    for name, value in ROLE_SETTINGS.items():
        statement = sql.SQL("ALTER ROLE CURRENT_USER IN DATABASE {} SET {} = {}")
        connection.execute(statement.format(database, sql.Identifier(name), sql.Literal(value)))


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    # A migration may take longer than any request may, and waits for a rival's to end.
    connection.execute("SET statement_timeout = 0")
    connection.execute("SET lock_timeout = 0")
    # Not by a statement that waits: an index built beside traffic waits for every statement that has begun.
    while connection.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK]).fetchone() != (True,):
        time.sleep(RIVAL_SECONDS)
    try:
        yield
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def _files() -> list[tuple[str, str]]:
    files = [file for file in resources.files(__name__).iterdir() if file.name.endswith(".sql")]
    return [
        (file.name.removesuffix(".sql"), file.read_text("utf-8")) for file in sorted(files, key=lambda file: file.name)
    ]
