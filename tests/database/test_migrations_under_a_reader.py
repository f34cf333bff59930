"""A session that reads for a long time: a migration waits for it, says so, and keeps nobody else waiting."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from psycopg import Connection

from chalicelib.db import connection as database
from chalicelib.db import migrations
from chalicelib.errors import Locked
from tests.conftest import assert_balanced
from tests.database import version_before
from tests.database.first_version import apply_first
from tests.logs import logged
from tests.waiting import eventually

pytestmark = pytest.mark.slow

WAITS = "migration waits for older transactions"
LONGEST_WAIT = "1s"  # of a request for a lock; a migration gives up its own after 0.3 s


@pytest.fixture
def migrating(old_url: str) -> Iterator[Connection]:
    """Connect as a migration does."""
    with database.connect(old_url) as connection:
        yield connection


@pytest.fixture
def reader(old_url: str) -> Iterator[Connection]:
    """Connect as somebody who may stay in a transaction."""
    with database.connect(old_url) as connection:
        connection.execute("SET idle_in_transaction_session_timeout = 0")
        yield connection


def begin_to_read(reader: Connection) -> None:
    """Keep a snapshot and a lock on a table."""
    reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    reader.execute("SELECT FROM reservations LIMIT 1")


def has_read_for_a_second(watcher: Connection, reader: Connection) -> bool:
    look = "SELECT clock_timestamp() - xact_start > interval '1.1 s' FROM pg_stat_activity WHERE pid = %s"
    return watcher.execute(look, [reader.info.backend_pid]).fetchone() == (True,)


def shop(connection: Connection) -> None:
    """Reserve one unit of everything and pay for it."""
    for (product_id,) in connection.execute("SELECT id FROM products").fetchall():
        hold = version_before.hold(connection, product_id, uuid4())
        assert hold is not None
        assert version_before.complete(connection, hold)


@pytest.mark.parametrize("applied", [1, 2, 4, 6, 12, 13], ids=["0002", "0003", "0005", "0007", "0013", "0014"])
def test_shoppers_go_on_and_the_migration_ends_after_the_reader(
    old_url: str, migrating: Connection, reader: Connection, monkeypatch: pytest.MonkeyPatch, applied: int
) -> None:
    apply_first(migrating, applied, monkeypatch)
    begin_to_read(reader)
    monkeypatch.setattr(migrations, "RETRY_SECONDS", 0.05)
    with database.connect(old_url) as shopper, ThreadPoolExecutor(1) as thread, logged() as lines:
        eventually(lambda: has_read_for_a_second(shopper, reader), within=10)
        shopper.execute(f"SET lock_timeout = '{LONGEST_WAIT}'")
        migration = thread.submit(migrations.apply, migrating)
        eventually(lambda: WAITS in lines.text, within=20)
        for _ in range(5):
            shop(shopper)
        assert not migration.done()
        reader.rollback()
        assert migration.result(60) == [name for name, _ in migrations._files()[applied:]]
        assert_balanced(shopper)
    line = next(line for line in lines.parsed if line["message"] == WAITS)
    assert f"pid {reader.info.backend_pid} " in line["sessions"][0]


def test_a_migration_gives_up_in_the_end_and_leaves_nothing(
    migrating: Connection, reader: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_to_read(reader)
    monkeypatch.setattr(migrations, "LOCK_PATIENCE_SECONDS", 0)
    with pytest.raises(Locked, match="0002_shoppers_limits_payments_journal: another session"):
        migrations.apply(migrating)
    assert migrating.execute("SELECT to_regclass('journal')").fetchone() == (None,)
    reader.rollback()
    assert migrations.apply(migrating)[0] == "0002_shoppers_limits_payments_journal"
