"""An execution environment's connection: opened when needed, dropped when in doubt, its errors translated."""

from datetime import UTC, datetime, timedelta

import pytest
from psycopg import Connection
from psycopg.errors import DeadlockDetected

from chalicelib.db import connection as database
from chalicelib.db.connection import Database
from chalicelib.errors import Busy
from tests.factories import product
from tests.rivals import Rival


def one(connection: Connection) -> object:
    return connection.execute("SELECT 1").fetchone()


def backend(connection: Connection) -> int:
    return connection.info.backend_pid


def test_keeps_its_connection(environment: Database) -> None:
    assert environment.run(backend) == environment.run(backend)


def test_fails_once_after_its_connection_was_cut_and_then_works(
    environment: Database, administrator: Connection
) -> None:
    administrator.execute("SELECT pg_terminate_backend(%s)", [environment.run(backend)])
    with pytest.raises(Busy):
        environment.run(one)
    assert environment.run(one) == (1,)


def test_is_busy_while_the_database_can_not_be_reached() -> None:
    away = Database("postgresql://postgres@127.0.0.1:1/postgres")
    for _ in range(2):
        with pytest.raises(Busy):
            away.run(one)


def test_is_busy_when_a_lock_does_not_come_free(environment: Database, connection: Connection) -> None:
    product_id = product(connection)
    environment.run(lambda own: own.execute("SET lock_timeout = '1ms'"))
    with connection.transaction():
        connection.execute("SELECT FROM stock FOR UPDATE")
        with pytest.raises(Busy):
            environment.run(lambda own: own.execute("DELETE FROM stock WHERE product_id = %s", [product_id]))


def test_is_busy_and_drops_a_connection_that_has_become_read_only(
    environment: Database, connection: Connection
) -> None:
    product(connection)
    before = environment.run(backend)
    environment.run(lambda own: own.execute("SET default_transaction_read_only = on"))
    with pytest.raises(Busy):
        environment.run(lambda own: own.execute("UPDATE products SET price = 1"))
    assert environment.run(backend) != before


def test_does_the_work_again_after_a_deadlock(environment: Database, connection: Connection, database_url: str) -> None:
    product(connection), product(connection)
    low, high = (row[0] for row in connection.execute("SELECT id FROM products ORDER BY id"))
    attempts = []
    lock = "SELECT FROM products WHERE id = %s FOR UPDATE"

    def from_high_to_low(own: Connection) -> str:
        attempts.append(own.info.backend_pid)
        with own.transaction():
            own.execute(lock, [high])
            if len(attempts) == 1:
                other.start(lambda theirs: in_one_transaction(theirs, lock, [low, high]))
            own.execute(lock, [low])
        return "done"

    environment.run(lambda own: own.execute("SET deadlock_timeout = '10ms'"))
    with Rival(database_url) as other:
        assert environment.run(from_high_to_low) == "done"
        other.result()
    assert len(attempts) > 1  # 3 if the second attempt locks the row before the other one has woken up


def in_one_transaction(connection: Connection, statement: str, keys: list[object]) -> None:
    connection.execute("SET deadlock_timeout = '1min'")  # the other one is the one to give way
    with connection.transaction():
        for key in keys:
            connection.execute(statement, [key])


def test_gives_up_on_endless_deadlocks(environment: Database) -> None:
    attempts = []

    def always(_: Connection) -> None:
        attempts.append(1)
        raise DeadlockDetected

    with pytest.raises(Busy):
        environment.run(always)
    assert len(attempts) == database.ATTEMPTS


def test_shows_the_database_s_clock_whatever_our_own_says(
    environment: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FastClock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            del tz
            return datetime.now(UTC) + timedelta(minutes=10)

    monkeypatch.setattr(database, "datetime", FastClock)
    environment.run(one)
    assert abs(environment.clock() - datetime.now(UTC)) < timedelta(minutes=1)
