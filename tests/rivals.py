"""Forcing an interleaving: hold a lock, start a rival and see it wait, let go, and look at what the rival did."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from threading import Barrier
from typing import Any, Self
from uuid import UUID

from psycopg import Connection, sql

from chalicelib.db import connection as database
from chalicelib.db.connection import Database, require_transaction
from chalicelib.jobs.sweep import sweep

DEADLINE_SECONDS = 30
SECONDS_BETWEEN_LOOKS = 0.001


class Rival:
    """Someone else working on the same database, in a thread and on a connection of its own."""

    def __init__(self, url: str) -> None:
        self._own = database.connect(url)
        self._watcher = database.connect(url)
        self._thread = ThreadPoolExecutor(1)
        self._future: Future[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown()
        self._own.close()
        self._watcher.close()

    @property
    def pid(self) -> int:
        """The number of its session; modulo a product's slots, it is the slot that its reserves try first."""
        return self._own.info.backend_pid

    def start(self, work: Callable[[Connection], Any]) -> None:
        """Start `work`; return once it waits for a lock, fail if it ends without."""
        assert self.begin(work), f"The rival waited for no lock: {self._future}"

    def begin(self, work: Callable[[Connection], Any]) -> bool:
        """Start `work`; return true once it waits for a lock, or false once it has ended without."""
        self._future = self._thread.submit(work, self._own)
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not wait([self._future], SECONDS_BETWEEN_LOOKS).done:
            if self._is_blocked():
                return True
            assert time.monotonic() < deadline, "The rival did not reach a lock in time."
        return False

    def result(self) -> Any:
        """Return what the work returned, or raise what it raised."""
        assert self._future is not None
        return self._future.result(DEADLINE_SECONDS)

    def _is_blocked(self) -> bool:
        row = self._watcher.execute("SELECT cardinality(pg_blocking_pids(%s))", [self.pid]).fetchone()
        return bool(row and row[0])


def lock_hold(connection: Connection, reservation_id: UUID) -> None:
    """Lock a reservation's row until the end of the transaction, as every transition of it does."""
    require_transaction(connection)
    connection.execute("SELECT locked_reservation(%s)", [reservation_id])


def lock_slots(connection: Connection, product_id: UUID, slots: Sequence[int] = range(32)) -> None:
    """Lock stock rows of a product until the end of the transaction, as whoever takes or returns units does."""
    require_transaction(connection)
    connection.execute("SELECT lock_slots(%s, %s::smallint[])", [product_id, list(slots)])


def lock_shopper(connection: Connection, shopper_id: UUID) -> None:
    """Lock a shopper until the end of the transaction, as a reserve of theirs does."""
    require_transaction(connection)
    connection.execute("SELECT lock_shopper(%s)", [shopper_id])


def lock_waiting_list(connection: Connection, product_id: UUID) -> None:
    """Lock the waiting list of a product until the end of the transaction, as whoever joins it does."""
    require_transaction(connection)
    connection.execute("SELECT pg_advisory_xact_lock(list_number(%s, 0))", [product_id])


def lock_shopper_and_places(connection: Connection, shopper_id: UUID) -> None:
    """Lock a shopper likewise, while as many others wait as may."""
    lock_shopper(connection, shopper_id)
    connection.execute(
        "SELECT pg_advisory_xact_lock(place_number(%s, place)) FROM generate_series(1, 20) AS place", [shopper_id]
    )


def sweep_again_and_again(own: Database, times: int) -> None:
    """Make so many passes of the sweep."""
    for _ in range(times):
        sweep(own)


def notice_deadlocks_early(connection: Connection) -> None:
    """Let later sessions of the database look for a deadlock after 200 ms instead of a second."""
    statement = sql.SQL("ALTER DATABASE {} SET deadlock_timeout = '200ms'")
    connection.execute(statement.format(sql.Identifier(connection.info.dbname)))


def deadlocks(connection: Connection) -> int:
    """Return how many deadlocks the database has ended."""
    ((count,),) = connection.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    return int(count)


def impatient(url: str) -> Connection:
    """Connect so that any wait for a lock fails at once."""
    connection = database.connect(url)
    connection.execute("SET lock_timeout = '1ms'")
    return connection


def at_once[Result](url: str, works: Sequence[Callable[[Connection], Result]]) -> list[Result | Exception]:
    """Run every work in an environment of its own, all starting together; return what each returned or raised."""
    return environments_at_once(url, [partial(Database.run, work=work) for work in works])


def environments_at_once[Result](url: str, works: Sequence[Callable[[Database], Result]]) -> list[Result | Exception]:
    """Give every work an environment of its own, all starting together; return what each returned or raised."""
    barrier = Barrier(len(works))

    def run(work: Callable[[Database], Result]) -> Result | Exception:
        own = Database(url)
        try:
            own.run(lambda _: None)  # connected before the start
            barrier.wait(DEADLINE_SECONDS)
            return work(own)
        except Exception as error:  # what is raised is what the test looks at
            return error
        finally:
            own.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))
