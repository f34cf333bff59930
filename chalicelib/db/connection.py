"""The database connection of an execution environment. Translates driver errors into our own."""

import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from threading import Lock
from typing import Concatenate

import psycopg
from psycopg import Connection as Connection  # for packages that pass it on and must not import psycopg
from psycopg.errors import (
    ConfigurationLimitExceeded,
    DeadlockDetected,
    Diagnostic,
    DuplicatePreparedStatement,
    InsufficientPrivilege,
    InvalidSqlStatementName,
    LockNotAvailable,
    ReadOnlySqlTransaction,
    SerializationFailure,
    UndefinedColumn,
    UndefinedFunction,
    UndefinedTable,
)
from psycopg.pq import TransactionStatus

from chalicelib import config, metrics
from chalicelib.aws import database_password
from chalicelib.db import offers
from chalicelib.db.offers import Offer
from chalicelib.errors import Busy, ConfigurationError, FlashSaleError, Locked, TooManyAtOnce
from chalicelib.log import logger

CONNECT_TIMEOUT_SECONDS = 3
UNACKNOWLEDGED_MILLISECONDS = 6_000  # longer than statement_timeout; after that the host counts as lost
ATTEMPTS = 8
RETRY_SECONDS = 0.02
# New code may run before its migrations, and functions before the application's role may use their tables.
NOT_YET_MIGRATED = (InsufficientPrivilege, UndefinedColumn, UndefinedFunction, UndefinedTable)
LOST_STATEMENT = (DuplicatePreparedStatement, InvalidSqlStatementName)  # PREPARE_THRESHOLD is not off behind a pooler
UNAVAILABLE = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    ReadOnlySqlTransaction,
    *NOT_YET_MIGRATED,
    *LOST_STATEMENT,
)


def connect(url: str, prepare_threshold: int | None = None, password: Callable[[], str] | None = None) -> Connection:
    """Open a connection in autocommit mode: each statement is a transaction, unless the caller opens one.

    `password` returns the password if the URL has none. Raises ConfigurationError if the URL is not valid, and
    psycopg's errors if the database can't be reached.
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
    except psycopg.ProgrammingError:  # the error's text may contain the password
        raise ConfigurationError(
            "DATABASE_URL: must be a URL that PostgreSQL accepts, such as postgresql://user:password@host:5432/name"
        ) from None


def require_transaction(connection: Connection) -> None:
    """Raise RuntimeError outside of a transaction, where a row lock would end with its statement."""
    if connection.info.transaction_status == TransactionStatus.IDLE:
        raise RuntimeError("Lock rows only inside a transaction.")


class Database:
    """Runs functions on one connection, opened on first use and dropped after an error that may have broken it."""

    def __init__(
        self, url: str, prepare_threshold: int | None = None, password: Callable[[], str] | None = None
    ) -> None:
        """Open no connection. Set `announce` to have it called, after the commit, with the holds made for waiters."""
        self.announce: Callable[[Sequence[Offer]], object] | None = None
        self._offers: list[Offer] = []  # of the transaction that is running
        self._connect = partial(connect, url, prepare_threshold, password)
        self._connection: Connection | None = None
        self._ahead = timedelta()  # how far the database's clock was ahead of ours when connecting
        self._turn = Lock()  # only the development server runs several requests at once

    def run[**Arguments, Result](
        self,
        work: Callable[Concatenate[Connection, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Return the result of `work(connection, *args, **kwargs)`. Runs it again after a deadlock.

        Raises Busy if the database can't be reached, is read-only, is not migrated, or does not answer in time. Raises
        Locked, which is a Busy, if a lock was not free in time, and TooManyAtOnce if too many requests of the shopper
        wait.
        """
        made: list[Offer] = []
        try:
            with self._turn:
                self._offers = made
                return self._run(lambda connection: work(connection, *args, **kwargs))
        finally:  # a refused reserve may have made some too
            if self.announce and made:
                self.announce(made)

    def _run[Result](self, work: Callable[[Connection], Result]) -> Result:
        try:
            return self._attempt(work)
        except ConfigurationLimitExceeded as error:  # of `wait_for_shopper`; the connection is as good as before
            raise TooManyAtOnce from error
        except psycopg.Error as error:
            if not isinstance(error, UNAVAILABLE) and not self._is_lost():
                raise
            reason = metrics.fields("DatabaseBusy", 1, reason=type(error).__name__)
            logger.warning("database unavailable", extra=reason)
            self.close()
            raise (Locked if isinstance(error, LockNotAvailable) else Busy) from error

    def clock(self) -> datetime:
        """Return the database's time without a query: our own time plus the difference measured when connecting."""
        return datetime.now(UTC) + self._ahead

    @property
    def is_open(self) -> bool:
        """Whether there is a connection."""
        return self._connection is not None

    def close(self) -> None:
        """Drop the connection. The next `run` opens a new one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _is_lost(self) -> bool:
        """Return whether an error has ended the session. Not all errors that do are OperationalError."""
        return self._connection is None or self._connection.closed

    def _attempt[Result](self, work: Callable[[Connection], Result]) -> Result:
        for attempt in range(1, ATTEMPTS):
            try:
                return self._once(work)
            except (DeadlockDetected, SerializationFailure):
                time.sleep(random.uniform(0, RETRY_SECONDS * attempt))  # noqa: S311 - spreads retries, not used for security
        return self._once(work)

    def _once[Result](self, work: Callable[[Connection], Result]) -> Result:
        try:
            return work(self._connected())
        except FlashSaleError:
            raise  # of a refused reserve, which may have made offers
        except Exception:
            self._offers.clear()
            raise

    def _note(self, notice: Diagnostic) -> None:
        if offer := offers.parse(notice):
            self._offers.append(offer)

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._connect()
            self._connection.add_notice_handler(self._note)
            (now,) = self._connection.execute("SELECT clock_timestamp()").fetchone() or (datetime.now(UTC),)
            self._ahead = now - datetime.now(UTC)
        return self._connection


@cache
def current() -> Database:
    """Return the database of this execution environment."""
    settings = config.load()
    url = settings.database_url.get_secret_value()
    return Database(url, settings.prepare_threshold, database_password.source(settings))
