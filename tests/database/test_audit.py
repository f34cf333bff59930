"""The scheduled audit: its metrics, and what it logs of a product that does not balance."""

import json
from typing import Any

import pytest
from psycopg import Connection

from chalicelib.db import connection as database
from chalicelib.db import health
from chalicelib.db.connection import Database
from chalicelib.jobs.audit import audit
from tests.factories import active, lapsed, product
from tests.logs import logged


def emitted(capsys: pytest.CaptureFixture[str]) -> Any:
    """Return the one metrics line that was written."""
    (line,) = capsys.readouterr().out.splitlines()
    return json.loads(line)


def test_a_sale_that_balances_drifts_by_nothing(
    connection: Connection, environment: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    active(connection, product(connection))
    audit(environment)
    line = emitted(capsys)
    assert (line["Drift"], line["ExpiryLatenessSeconds"]) == ([0.0], [0.0])
    assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "FlashSale"


def test_a_unit_that_somebody_moved_by_hand_raises_the_drift_and_is_named(
    connection: Connection, environment: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    product_id = product(connection)
    connection.execute("UPDATE stock SET available = available - 1 WHERE product_id = %s", [product_id])
    with logged() as lines:
        audit(environment)
    assert emitted(capsys)["Drift"] == [1.0]
    assert lines.about("product out of balance")["product_id"] == str(product_id)
    connection.execute("UPDATE stock SET available = available + 1 WHERE product_id = %s", [product_id])


def test_a_reservation_without_its_stock_row_raises_the_drift(
    connection: Connection, environment: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    hold = active(connection, product(connection))
    connection.execute("UPDATE reservations SET slot = 9 WHERE id = %s", [hold.id])
    with logged():
        audit(environment)
    assert emitted(capsys)["Drift"] == [1.0]
    connection.execute("UPDATE reservations SET slot = 0 WHERE id = %s", [hold.id])


def test_a_lapsed_hold_that_nothing_expires_makes_expiry_late(connection: Connection) -> None:
    lapsed(connection, product(connection))
    assert health.expiry_lateness_seconds(connection) >= 1


def test_an_open_snapshot_has_an_age(connection: Connection, database_url: str) -> None:
    assert health.oldest_snapshot_seconds(connection) == 0
    with database.connect(database_url) as reader, reader.transaction():
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT 1")
        reader.execute("SELECT pg_sleep(0.01)")
        assert health.oldest_snapshot_seconds(connection) > 0
