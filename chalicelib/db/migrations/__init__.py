"""Bring a database's schema up to date: numbered SQL files, then the views and functions of this version.

The numbered files are applied in order, each once and in its own transaction, by one caller at a time. A file that
begins with `-- outside a transaction` has one statement that can't run in a transaction, such as CREATE INDEX
CONCURRENTLY. Views and functions are replaced by those of this version. Code of the previous version calls them too. So
a view may only gain columns at its end, and a function with other parameters or results gets a new name.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources

from psycopg import Connection, sql
from psycopg.errors import DeadlockDetected, LockNotAvailable

from chalicelib.errors import ConfigurationError, Locked
from chalicelib.log import logger

ADVISORY_LOCK = 7_302_417  # any number that no other code in this database locks

POLL_SECONDS = 0.1  # between checks whether another caller has finished
LOCK_TIMEOUT = "300ms"  # short, because all requests queue behind a waiting table lock
RETRY_SECONDS = 1.0
LOCK_PATIENCE_SECONDS = 240.0
OUTSIDE_A_TRANSACTION = "-- outside a transaction"


def apply(connection: Connection) -> list[str]:
    """Apply the missing migrations, then install views and functions; return the names of the files applied, in order.

    The connection must be in autocommit mode. Raises ConfigurationError if the database is newer than this code, and
    Locked if another session has locked a table for minutes.
    """
    with _one_caller_at_a_time(connection):
        connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations"
            " (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())"
        )
        applied = {str(name) for (name,) in connection.execute("SELECT name FROM schema_migrations")}
        if unknown := applied - {name for name, _ in _files()}:
            raise ConfigurationError(
                f"The database has migrations that this version lacks: {', '.join(unknown)}. Use the newer version."
            )
        missing = [(name, statements) for name, statements in _files() if name not in applied]
        for name, statements in missing:
            _apply_one(connection, name, statements)
        _retry_while_locked(connection, "views and functions", install)
    return [name for name, _ in missing]


def _apply_one(connection: Connection, name: str, statements: str) -> None:
    if statements.startswith(OUTSIDE_A_TRANSACTION):
        _log_open_transactions(connection, name)
        connection.execute("SET lock_timeout = 0")  # it waits for older transactions, but no request queues behind it
        _drop_unfinished_indexes(connection)
        connection.execute(statements)
        connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        _record(connection, name)
        return

    def work(connection: Connection) -> None:
        connection.execute(statements)
        _record(connection, name)

    _retry_while_locked(connection, name, work)


def _retry_while_locked(connection: Connection, name: str, work: Callable[[Connection], None]) -> None:
    """Run work in a transaction. While a lock is not free, log which sessions may hold it, and try again.

    It is tried again after a deadlock too: a migration may take locks in another order than requests do.
    """
    deadline = time.monotonic() + LOCK_PATIENCE_SECONDS
    while True:
        try:
            with connection.transaction():
                work(connection)
            return
        except (LockNotAvailable, DeadlockDetected):
            _log_open_transactions(connection, name)
            if time.monotonic() > deadline:
                raise Locked(
                    f"{name}: another session has locked a table; end that session and migrate again."
                ) from None
            time.sleep(RETRY_SECONDS)


def _log_open_transactions(connection: Connection, name: str) -> None:
    """Log the sessions whose open transactions a migration may have to wait for."""
    rows = connection.execute(
        "SELECT pid, application_name, extract(epoch FROM clock_timestamp() - xact_start)::integer"
        " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND xact_start < clock_timestamp() - interval '1 second' ORDER BY xact_start LIMIT 5"
    ).fetchall()
    sessions = [f"pid {pid} ({application}), open for {seconds} s" for pid, application, seconds in rows]
    if sessions:
        logger.warning("migration waits for older transactions", extra={"migration": name, "sessions": sessions})


def install(connection: Connection) -> None:
    """Replace views and functions. Bodies are not checked, because a function may call one installed after it."""
    connection.execute("SET LOCAL check_function_bodies = off")
    for package in ("chalicelib.db.views", "chalicelib.db.functions"):
        for _, statements in _sql_files(package):
            connection.execute(statements)


def _record(connection: Connection, name: str) -> None:
    connection.execute("INSERT INTO schema_migrations (name) VALUES (%s)", [name])


def _drop_unfinished_indexes(connection: Connection) -> None:
    """Drop invalid indexes of interrupted builds. Postgres never uses them, but they block the name."""
    unfinished = connection.execute(
        "SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
        " WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace"
    ).fetchall()
    for (name,) in unfinished:
        connection.execute(sql.SQL("DROP INDEX CONCURRENTLY {}").format(sql.Identifier(name)))


@contextmanager
def _one_caller_at_a_time(connection: Connection) -> Iterator[None]:
    # A migration may take longer than a request.
    connection.execute("SET statement_timeout = 0")
    connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
    # Polls instead of waiting: CREATE INDEX CONCURRENTLY waits for every running statement, this one included.
    while connection.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK]).fetchone() != (True,):
        time.sleep(POLL_SECONDS)
    try:
        yield
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def _files() -> list[tuple[str, str]]:
    return _sql_files(__name__)


def _sql_files(package: str) -> list[tuple[str, str]]:
    """Return the names and texts of a package's SQL files, ordered by name."""
    files = [file for file in resources.files(package).iterdir() if file.name.endswith(".sql")]
    return [
        (file.name.removesuffix(".sql"), file.read_text("utf-8")) for file in sorted(files, key=lambda file: file.name)
    ]
