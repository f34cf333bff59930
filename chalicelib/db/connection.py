"""The one connection of an execution environment, and the one place where driver errors become our own."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from threading import Lock
from typing import Concatenate

import psycopg
from psycopg import Connection as Connection  # for the rooms above, which pass it on and do not import psycopg
from psycopg.errors import (
    DeadlockDetected,
    DuplicatePreparedStatement,
    InvalidSqlStatementName,
    LockNotAvailable,
    ReadOnlySqlTransaction,
    SerializationFailure,
    UndefinedColumn,
    UndefinedFunction,
    UndefinedTable,
)
from psycopg.pq import TransactionStatus

from chalicelib import config
from chalicelib.aws import database_password
from chalicelib.errors import Busy, ConfigurationError, Locked
from chalicelib.log import logger

CONNECT_TIMEOUT_SECONDS = 3
UNACKNOWLEDGED_MILLISECONDS = 6_000  # longer than any statement may take; after that the database's host is gone
ATTEMPTS = 8
RETRY_SECONDS = 0.02
NOT_YET_MIGRATED = (UndefinedColumn, UndefinedFunction, UndefinedTable)  # new code runs minutes before its migrations
LOST_STATEMENT = (DuplicatePreparedStatement, InvalidSqlStatementName)  # behind a pooler, with PREPARE_THRESHOLD set
UNAVAILABLE = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    ReadOnlySqlTransaction,
    *NOT_YET_MIGRATED,
    *LOST_STATEMENT,
)


def connect(url: str, prepare_threshold: int | None = None, password: Callable[[], str] | None = None) -> Connection:
    """Open a connection in autocommit mode: one statement is one transaction unless said otherwise.

    `password` gives the password if the URL has none.

    Raises ConfigurationError if the URL can't be read, and psycopg's errors if the database can't be reached.
    """
    try:
        return psycopg.connect(
            url,
            autocommit=True,
            connect_timeout=CONNECT_TIMEOUT_SECONDS,
            prepare_threshold=prepare_threshold,
            tcp_user_timeout=UNACKNOWLEDGED_MILLISECONDS,
            application_name="flash-sale",
            password=password() if password else None,
        )
    except psycopg.ProgrammingError:  # its text may hold the password
        raise ConfigurationError("DATABASE_URL: PostgreSQL can't read this URL") from None


def require_transaction(connection: Connection) -> None:
    """Raise RuntimeError outside a transaction, where a row lock ends with its statement."""
    if connection.info.transaction_status == TransactionStatus.IDLE:
        raise RuntimeError("Rows may only be locked inside a transaction.")


class Database:
    """Runs work on one connection, opened on first use and dropped after any error that may have harmed it."""

    def __init__(
        self, url: str, prepare_threshold: int | None = None, password: Callable[[], str] | None = None
    ) -> None:
        """Remember where the database is; connect to nothing."""
        self._connect = partial(connect, url, prepare_threshold, password)
        self._connection: Connection | None = None
        self._ahead = timedelta()  # of the database's clock over ours, when last connected
        self._turn = Lock()  # Lambda runs one invocation at a time; the development server does not

    def run[**Arguments, Result](
        self,
        work: Callable[Concatenate[Connection, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Return what `work(connection, *args, **kwargs)` returns; run it again after a deadlock.

        Raises Busy if the database is unreachable, read-only, not yet migrated, or does not answer in time, and Locked
        (a Busy) if a lock was not free in time.
        """
        with self._turn:
            try:
                return self._attempt(lambda connection: work(connection, *args, **kwargs))
            except psycopg.Error as error:
                if not isinstance(error, UNAVAILABLE) and not self._is_lost():
                    raise
                logger.warning("database unavailable", extra={"reason": type(error).__name__})
                self.close()
                raise (Locked if isinstance(error, LockNotAvailable) else Busy) from error

    def clock(self) -> datetime:
        """Return the database's time without asking it: our own, corrected by the difference seen when connecting."""
        return datetime.now(UTC) + self._ahead

    def close(self) -> None:
        """Drop the connection; the next work opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _is_lost(self) -> bool:
        """Whether an error ended the session: some that do are no OperationalError."""
        return self._connection is None or self._connection.closed

    def _attempt[Result](self, work: Callable[[Connection], Result]) -> Result:
        for attempt in range(1, ATTEMPTS):
            try:
                return work(self._connected())
            except (DeadlockDetected, SerializationFailure):
                time.sleep(random.uniform(0, RETRY_SECONDS * attempt))  # noqa: S311 - spreads retries, guards nothing
        return work(self._connected())

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._connect()
            (now,) = self._connection.execute("SELECT clock_timestamp()").fetchone() or (datetime.now(UTC),)
            self._ahead = now - datetime.now(UTC)
        return self._connection


@cache
def current() -> Database:
    """Return the database of this execution environment."""
    settings = config.load()
    url = settings.database_url.get_secret_value()
    return Database(url, settings.prepare_threshold, database_password.source(settings))
