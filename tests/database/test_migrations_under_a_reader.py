"""A session that reads for a long time: a migration waits for it, says so, and keeps nobody else waiting."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

import pytest
from psycopg import Connection, sql

from chalicelib.db import connection as database
from chalicelib.db import migrations
from chalicelib.errors import Locked
from tests.conftest import assert_balanced
from tests.database import version_before
from tests.database.first_version import apply_first
from tests.factories import completed
from tests.logs import logged
from tests.waiting import eventually

pytestmark = pytest.mark.slow

WAITS = "migration waits for older transactions"
LONGEST_WAIT = "1s"  # of a request for a lock; a migration gives up its own after 0.3 s
WAIT_FOR_NO_READER = {  # they add rows or tables, and validate constraints
    "0004_journal_from_the_beginning",
    "0006_slots_of_products",
    "0009_validate_checks",
    "0018_validate_journal",
    "0019_refusals",
}


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
    """Keep a snapshot and a lock on every table and view."""
    reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    relations = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')"
    for (name,) in reader.execute(relations).fetchall():
        reader.execute(sql.SQL("SELECT FROM {} LIMIT 1").format(sql.Identifier(name)))


def has_read_for_a_second(watcher: Connection, reader: Connection) -> bool:
    look = "SELECT clock_timestamp() - xact_start > interval '1.1 s' FROM pg_stat_activity WHERE pid = %s"
    return watcher.execute(look, [reader.info.backend_pid]).fetchone() == (True,)


def shop(connection: Connection) -> None:
    """Reserve one unit of everything and pay for it."""
    for (product_id,) in connection.execute("SELECT id FROM products").fetchall():
        hold = version_before.hold(connection, product_id, uuid4())
        assert hold is not None
        assert version_before.complete(connection, hold)


def shop_with_this_version(connection: Connection) -> None:
    """Reserve one unit of everything and pay for it."""
    for (product_id,) in connection.execute("SELECT id FROM products").fetchall():
        completed(connection, product_id)


def sessions_waited_for(
    reader: Connection,
    shopper: Connection,
    migrate: Callable[[], object],
    shop: Callable[[Connection], None],
) -> str | None:
    """Migrate while somebody reads and shoppers go on. Return whom the migration waited for as it logs it, or None."""
    begin_to_read(reader)
    eventually(lambda: has_read_for_a_second(shopper, reader), within=30)
    with ThreadPoolExecutor(1) as thread, logged() as lines:
        migration = thread.submit(migrate)
        try:
            eventually(lambda: migration.done() or WAITS in lines.text, within=20)
            for _ in range(3):
                shop(shopper)
            waits = not migration.done()
        finally:
            reader.rollback()
        migration.result(60)
    assert waits == (WAITS in lines.text)
    return next((line["sessions"][0] for line in lines.parsed if line["message"] == WAITS), None)


def test_shoppers_go_on_and_each_migration_ends_after_the_reader(
    old_url: str, migrating: Connection, reader: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "RETRY_SECONDS", 0.05)
    named = f"pid {reader.info.backend_pid} "
    names = [name for name, _ in migrations._files()]
    with database.connect(old_url) as shopper:
        shopper.execute(f"SET lock_timeout = '{LONGEST_WAIT}'")
        for count, name in enumerate(names[1:], start=2):
            migrate = partial(apply_first, migrating, count, monkeypatch)
            waited_for = sessions_waited_for(reader, shopper, migrate, shop)
            assert named in (waited_for or "") or name in WAIT_FOR_NO_READER, name
        assert migrations.apply(migrating) == []
        waited_for = sessions_waited_for(reader, shopper, partial(migrations.apply, migrating), shop_with_this_version)
        assert named in (waited_for or ""), "views and functions"
        assert_balanced(shopper)


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
