"""Purging: what was kept long enough goes, by the database's clock, in bounded batches, and disturbs nobody."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from psycopg import Connection

from chalicelib.db import retention
from chalicelib.db.connection import Database
from chalicelib.errors import Busy
from chalicelib.jobs import purge as purging
from chalicelib.jobs import sweep as sweeping
from chalicelib.jobs.purge import purge
from chalicelib.jobs.schedule import Timer
from chalicelib.jobs.sweep import sweep_until_next
from tests.factories import lapsed, product, status
from tests.logs import logged
from tests.rivals import environments_at_once

HOUR = 3_600.0
DAY = 24 * HOUR
Advance = Callable[[float], None]
LAST_PASS = Timer(lambda: 60_000, lambda: 0.0, lambda _: None)
"""An invocation in which no time passes; with an interval of a minute it makes one pass."""


def use_key(connection: Connection, key: str = "a key") -> None:
    """Remember a key as of now."""
    connection.execute("INSERT INTO idempotency_keys VALUES (%s, %s, %s, instant_now())", [uuid4(), key, uuid4()])


def issue_token(connection: Connection, address: str = "192.0.2.1") -> None:
    """Count a guest token in the minute that is now."""
    minute = "date_trunc('minute', instant_now())"
    connection.execute(f"INSERT INTO guest_tokens VALUES (%s, {minute}, 1)", [address])


def count_refusal(connection: Connection) -> None:
    """Count a refusal as of now."""
    connection.execute("INSERT INTO refusals (product_id, reason, requests) VALUES (%s, 'x', 1)", [uuid4()])


def kept(connection: Connection) -> tuple[int, int]:
    """Return how many keys and windows there are."""
    query = "SELECT (SELECT count(*) FROM idempotency_keys), (SELECT count(*) FROM guest_tokens)"
    row = connection.execute(query).fetchone()
    assert row
    return row[0], row[1]


def test_a_key_goes_after_a_day_and_not_before(connection: Connection, environment: Database, advance: Advance) -> None:
    use_key(connection)
    advance(DAY - 60)
    assert (purge(environment), kept(connection)) == (0, (1, 0))
    use_key(connection, "a younger key")
    advance(61)
    assert (purge(environment), kept(connection)) == (1, (1, 0))
    assert connection.execute("SELECT key FROM idempotency_keys").fetchall() == [("a younger key",)]


def test_a_window_goes_after_an_hour_and_not_before(
    connection: Connection, environment: Database, advance: Advance
) -> None:
    issue_token(connection)
    advance(HOUR - 120)
    assert (purge(environment), kept(connection)) == (0, (0, 1))
    issue_token(connection)
    advance(181)
    assert (purge(environment), kept(connection)) == (1, (0, 1))


def test_counts_of_refusals_go_after_an_hour_and_not_before(
    connection: Connection, environment: Database, advance: Advance
) -> None:
    count_refusal(connection)
    advance(HOUR - 60)
    assert purge(environment) == 0
    count_refusal(connection)
    advance(61)
    assert purge(environment) == 1
    assert connection.execute("SELECT count(*) FROM refusals").fetchone() == (1,)


def test_batches_are_bounded_and_made_until_nothing_is_left(
    connection: Connection, environment: Database, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def counted(own: Connection, limit: int) -> int:
        asked.append(deleted := retention.delete_idempotency_keys(own, limit))
        return deleted

    monkeypatch.setattr(purging, "BATCH", 3)
    monkeypatch.setitem(purging.DELETIONS, "idempotency keys", counted)
    for number in range(8):
        use_key(connection, str(number))
        issue_token(connection, f"192.0.2.{number}")
    advance(DAY + 1)
    assert purge(environment) == 16
    assert asked == [3, 3, 2]
    assert kept(connection) == (0, 0)


def test_purges_at_the_same_time_delete_each_row_once(
    connection: Connection, database_url: str, advance: Advance
) -> None:
    for number in range(50):
        use_key(connection, str(number))
    advance(DAY + 1)
    deleted = environments_at_once(database_url, [purge] * 4)
    assert sum(count for count in deleted if isinstance(count, int)) == 50
    assert kept(connection) == (0, 0)


def test_one_kind_s_fault_is_logged_and_keeps_nothing_else_from_going(
    connection: Connection, environment: Database, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(_: Connection, limit: int) -> int:
        raise ZeroDivisionError(limit)

    monkeypatch.setitem(purging.DELETIONS, "idempotency keys", faulty)
    use_key(connection)
    issue_token(connection)
    advance(DAY + 1)
    with logged() as lines:
        assert purge(environment) == 1
    assert lines.about("purge failed")["kind"] == "idempotency keys"
    assert kept(connection) == (1, 0)


def test_says_busy_while_the_database_is_away() -> None:
    with pytest.raises(Busy):
        purge(Database("postgresql://postgres@127.0.0.1:1/postgres"))


def test_a_firing_of_the_sweep_expires_and_purges(
    connection: Connection, environment: Database, advance: Advance
) -> None:
    use_key(connection)
    hold = lapsed(connection, product(connection))
    advance(DAY + 1)
    assert sweep_until_next(environment, 60, LAST_PASS) == 1
    assert status(connection, hold.id) == ("EXPIRED", "sweep")
    assert kept(connection) == (0, 0)


def test_a_firing_purges_although_its_time_ends_in_the_sweep(
    connection: Connection, environment: Database, advance: Advance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(_: Database) -> int:
        raise SystemExit

    monkeypatch.setattr(sweeping, "sweep", too_long)
    use_key(connection)
    advance(DAY + 1)
    with pytest.raises(SystemExit):
        sweep_until_next(environment, 60, LAST_PASS)
    assert kept(connection) == (0, 0)
