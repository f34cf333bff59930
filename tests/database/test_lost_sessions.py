"""A session that has ended, or has lost what it prepared: one request is answered Busy, and the next one is served."""

from collections.abc import Callable

import pytest
from psycopg import Connection

from chalicelib.db.connection import Database
from chalicelib.errors import Busy
from tests.waiting import eventually


def one(connection: Connection) -> object:
    return connection.execute("SELECT 1").fetchone()


def is_gone(connection: Connection, pid: int) -> bool:
    return connection.execute("SELECT FROM pg_stat_activity WHERE pid = %s", [pid]).rowcount == 0


Loss = Callable[[Database, Connection], object]


def idle_in_a_transaction(environment: Database, other: Connection) -> None:
    """Stay idle in a transaction for longer than the database allows (25P03), and go on."""

    def work(own: Connection) -> None:
        own.execute("SET idle_in_transaction_session_timeout = '10ms'")
        with own.transaction():
            one(own)
            eventually(lambda: is_gone(other, own.info.backend_pid), within=30)
            one(own)

    environment.run(work)


def idle(environment: Database, other: Connection) -> None:
    """Stay idle for longer than the database allows (57P05), and go on."""
    environment.run(lambda own: own.execute("SET idle_session_timeout = '10ms'"))
    pid = environment.run(lambda own: own.info.backend_pid)
    eventually(lambda: is_gone(other, pid), within=30)
    environment.run(one)


def terminated(environment: Database, other: Connection) -> None:
    """Be ended by an administrator in the middle of a transaction (57P01)."""

    def work(own: Connection) -> None:
        with own.transaction():
            other.execute("SELECT pg_terminate_backend(%s, 10000)", [own.info.backend_pid])
            one(own)

    environment.run(work)


def prepared_elsewhere(environment: Database, _: Connection) -> None:
    """Meet a pooler's other server session, which lacks what this one has prepared (26000)."""

    def work(own: Connection) -> None:
        own.prepare_threshold = 0
        one(own)
        own.execute("DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$", prepare=False)  # unseen by the driver
        one(own)

    environment.run(work)


@pytest.mark.parametrize("loss", [idle_in_a_transaction, idle, terminated, prepared_elsewhere])
def test_it_is_noticed_once(connection: Connection, environment: Database, loss: Loss) -> None:
    before = environment.run(lambda own: own.info.backend_pid)
    with pytest.raises(Busy):
        loss(environment, connection)
    assert environment.run(one) == (1,)
    assert environment.run(lambda own: own.info.backend_pid) != before
