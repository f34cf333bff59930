"""Publishing a long journal to a slow bus, through crashes, and after the database was restored from a dump."""

import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.aws import event_bus
from chalicelib.aws.event_bus import EventBus
from chalicelib.db import connection as database
from chalicelib.db.connection import Database
from chalicelib.errors import Busy
from chalicelib.jobs.publish import publish
from infra.local.postgres import Postgres
from infra.local.postgres_data import program
from tests.buses import PATIENT, RememberingBus, sent, settle
from tests.conftest import assert_balanced
from tests.databases import named
from tests.factories import active, product
from tests.faults.breaking import Point, breaking, cut
from tests.faults.slow_bus import SECONDS_A_CALL, slow_bus
from tests.faults.wire import Wire, wired
from tests.soaking import Effort, timed

NAME, HELD = "shop", 12
ENTRIES = """
    INSERT INTO journal (at, event, product_id, quantity, by)
    SELECT instant_now(), 'RESTOCKED', %s, CASE number %% 2 WHEN 0 THEN 1 ELSE -1 END, 'admin'
    FROM generate_series(1, %s) AS number RETURNING id
"""


@pytest.mark.soak("R24")
@pytest.mark.timeout(3_600)
def test_a_long_journal_comes_whole_and_once_to_a_slow_bus(
    connection: Connection, environment: Database, aws_settings: pytest.MonkeyPatch, effort: Effort
) -> None:
    product_id = product(connection)
    settle(connection)
    with slow_bus() as bus:
        aws_settings.setenv("AWS_ENDPOINT_URL", bus.url)
        publish(environment, EventBus(NAME), PATIENT)
        entries = [
            entry for (entry,) in connection.execute(ENTRIES, [product_id, 100_000 if effort.is_long else 1_600])
        ]
        settle(connection)
        sent, seconds = timed(partial(publish, environment, EventBus(NAME), PATIENT))
        assert sent == len(entries)
        assert sorted(bus.came()) == sorted(entries)
    what = f"{len(entries)} entries sent, {SECONDS_A_CALL * 1000:.0f} ms a call, none missing or twice"
    effort.done_within(what, seconds, goal=60)


@pytest.fixture
def wire(database_url: str) -> Iterator[Wire]:
    """Lay a wire to the database."""
    with wired(database_url) as wire:
        yield wire


def publishing(connection: Connection, wire: Wire, product_id: UUID, point: Point | None = None) -> tuple[int, int]:
    """Publish three chunks, be cut off at a point, and publish again.

    Returns the number of calls, and of entries that were sent twice.
    """
    own, bus = Database(wire.url), RememberingBus(str(uuid4()))
    publish(own, bus, PATIENT)
    held = [str(active(connection, product_id).id) for _ in range(HELD)]
    settle(connection)
    before = wire.calls
    if point:
        wire.breaks[before + point.call] = breaking(point, None, cut)
        with pytest.raises(Busy):
            publish(own, bus, PATIENT)
    publish(own, bus, PATIENT)
    own.close()
    told = [reservation_id for _, reservation_id in bus.told]
    assert list(dict.fromkeys(told)) == held, point
    return wire.calls - before, len(told) - len(held)


@pytest.mark.soak("R24")
@pytest.mark.timeout(3_600)
def test_a_publisher_that_is_cut_off_at_any_call_misses_nothing_and_keeps_the_order(
    connection: Connection, wire: Wire, monkeypatch: pytest.MonkeyPatch, effort: Effort
) -> None:
    monkeypatch.setattr(event_bus, "SENT_AT_ONCE", 5)
    product_id, times = product(connection, 100_000), effort(1, 10)
    calls, twice = publishing(connection, wire, product_id)
    assert twice == 0
    points = [Point(call, moment) for call in range(calls) for moment in ("before", "torn", "after")] * times
    twice = sum(publishing(connection, wire, product_id, point)[1] for point in points)
    assert twice  # what was sent and not noted
    effort.done(f"cut off at {len(points)} points of {calls} calls: nothing missing, {twice} entries twice")


@pytest.mark.soak("R24")
@pytest.mark.timeout(3_600)
def test_a_database_restored_from_a_dump_tells_nothing_from_before_again(
    connection: Connection,
    environment: Database,
    database_url: str,
    own_server: Postgres,
    tmp_path: Path,
    effort: Effort,
) -> None:
    bus, product_id = RememberingBus(), product(connection, 1_000)
    publish(environment, bus, PATIENT)
    for _ in range(effort(20, 200)):
        active(connection, product_id)
    before, dump = sent(connection, environment, bus), tmp_path / "dump"
    run("pg_dump", "--format=custom", f"--file={dump}", database_url)
    with database.connect(own_server.url) as other_server:
        other_server.execute("CREATE DATABASE restored")
    url = named(own_server.url, "restored")
    run("pg_restore", "--exit-on-error", f"--dbname={url}", dump)
    restored = Database(url)
    bus.batches.clear()
    with database.connect(url) as rows:
        assert publish(restored, bus, PATIENT) == 0
        held = active(rows, product_id)
        let_transaction_numbers_catch_up(rows)
        assert sent(rows, restored, bus) == 1
        assert_balanced(rows)
    restored.close()
    assert bus.told == [("RESERVED", str(held.id))]
    effort.done(f"{before} entries before the dump, none of them told again")


def let_transaction_numbers_catch_up(rows: Connection) -> None:
    """Run transactions until their numbers, which began anew, are higher than those in the journal."""
    behind = "SELECT pg_current_xact_id() <= (SELECT max(transaction) FROM journal_entries)"
    while rows.execute(behind).fetchone() == (True,):
        pass


def run(name: str, *arguments: object) -> None:
    """Run one of PostgreSQL's programs."""
    subprocess.run([program(name), *map(str, arguments)], check=True, env={}, capture_output=True)
