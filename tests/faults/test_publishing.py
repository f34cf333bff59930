"""Publishing a long journal to a slow bus, through crashes, and after the database was restored from a dump."""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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
from tests.conftest import assert_balanced, named
from tests.factories import active, product
from tests.faults.breaking import Point, breaking, cut
from tests.faults.wire import Wire, wired
from tests.soaking import Effort

SECONDS_A_CALL = 0.015
NAME, HELD = "shop", 12
ENTRIES = """
    INSERT INTO journal (at, event, product_id, quantity, by)
    SELECT instant_now(), 'RESTOCKED', %s, CASE number %% 2 WHEN 0 THEN 1 ELSE -1 END, 'admin'
    FROM generate_series(1, %s) AS number
"""


@contextmanager
def slow_bus() -> Iterator[tuple[str, list[int]]]:
    """Serve PutEvents, which takes a while; give the address, and the ids of the entries that have come."""
    came: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            entries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["Entries"]
            time.sleep(SECONDS_A_CALL)
            came.extend(json.loads(entry["Detail"])["id"] for entry in entries)
            body = json.dumps({"FailedEntryCount": 0, "Entries": [{"EventId": "1"}] * len(entries)}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", came
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.soak("R24")
@pytest.mark.timeout(3_600)
def test_a_long_journal_comes_whole_and_once_to_a_slow_bus(
    connection: Connection, environment: Database, aws_settings: pytest.MonkeyPatch, effort: Effort
) -> None:
    entries = 100_000 if effort.is_long else 1_600
    product_id = product(connection)
    with slow_bus() as (url, came):
        aws_settings.setenv("AWS_ENDPOINT_URL", url)
        publish(environment, EventBus(NAME), PATIENT)
        connection.execute(ENTRIES, [product_id, entries])
        settle(connection)
        began, before = time.monotonic(), len(came)
        while publish(environment, EventBus(NAME), PATIENT):
            pass
        seconds = time.monotonic() - began
    assert len(came) - before == len(set(came[before:])) == entries
    effort.done(
        f"{entries} entries sent in {seconds:.1f} s, {SECONDS_A_CALL * 1000:.0f} ms a call, none missing or twice"
    )


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
