"""What an operator sees: each fault leaves a log line or a metric that names it."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from psycopg import Connection

from chalicelib.aws.expiry_queue import ExpiryQueue
from chalicelib.db import reservations
from chalicelib.db.connection import Database
from chalicelib.errors import Busy, NotFound, NotPublished, RefundRequired
from chalicelib.jobs import purge as purging
from chalicelib.jobs.audit import audit
from chalicelib.jobs.expiry_messages import deliver_batch
from chalicelib.jobs.publish import publish, publish_until_next
from chalicelib.jobs.purge import purge
from chalicelib.jobs.schedule import Timer, pass_until_next
from chalicelib.jobs.sweep import sweep, sweep_until_next
from chalicelib.lifecycle.expire import expire
from chalicelib.lifecycle.pay import _answer as answer
from tests.buses import PATIENT, RememberingBus, settle
from tests.factories import active, completed, lapsed, product
from tests.logs import logged
from tests.paying import REFERENCE, pay_for

AWAY = "postgresql://postgres@127.0.0.1:1/postgres"
ONE_PASS = Timer(lambda: 60_000, lambda: 0.0, lambda _: None)
MINUTE = 60
NO_QUEUE = ExpiryQueue("http://127.0.0.1:1/expiry")


def facts(line: dict[str, Any]) -> dict[str, Any]:
    """Return what a line says, without when and whose it is."""
    return {name: value for name, value in line.items() if name not in ("timestamp", "service", "request_id")}


def write(own: Connection) -> None:
    own.execute("UPDATE products SET price = 1")


def lost(environment: Database, other: Connection) -> None:
    """End the session of the environment."""
    other.execute("SELECT pg_terminate_backend(%s, 10000)", [environment.run(lambda own: own.info.backend_pid)])


def read_only(environment: Database, _: Connection) -> None:
    """Let the environment only read, as after a failover."""
    environment.run(lambda own: own.execute("SET default_transaction_read_only = on"))


def locked(environment: Database, other: Connection) -> None:
    """Lock what the environment wants to write, until the end of the test's transaction."""
    environment.run(lambda own: own.execute("SET lock_timeout = '1ms'"))
    other.execute("SELECT FROM products FOR UPDATE")


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(lost, "AdminShutdown"), (read_only, "ReadOnlySqlTransaction"), (locked, "LockNotAvailable")],
)
def test_a_database_that_is_lost_read_only_or_locked(
    connection: Connection, environment: Database, fault: Callable[[Database, Connection], None], reason: str
) -> None:
    product(connection)
    with connection.transaction(), logged() as lines:
        fault(environment, connection)
        with pytest.raises(Busy):
            environment.run(write)
    assert facts(lines.about("database unavailable")) == {
        "level": "WARNING",
        "message": "database unavailable",
        "reason": reason,
    }


@pytest.mark.parametrize(
    ("firing", "steps"),
    [
        (lambda away: sweep_until_next(away, MINUTE, ONE_PASS), ["purge", "sweep"]),
        (lambda away: publish_until_next(away, RememberingBus(), MINUTE, ONE_PASS), ["publish"]),
    ],
    ids=["sweep", "publish"],
)
def test_a_pass_without_a_database(firing: Callable[[Database], int], steps: list[str]) -> None:
    with logged() as lines:
        assert firing(Database(AWAY)) == 1
    failed = [facts(line) for line in lines.parsed if line["message"].startswith("pass failed")]
    message = "pass failed: the database is not available"
    assert failed == [{"level": "WARNING", "message": message, "step": step} for step in steps]


def test_a_pass_with_a_defect() -> None:
    with logged() as lines:
        assert pass_until_next(MINUTE, ONE_PASS, {"sweep": lambda: 1 // 0}) == 1
    line = lines.about("pass failed")
    assert (line["level"], line["step"]) == ("ERROR", "sweep")
    assert "ZeroDivisionError" in line["exception"]


def test_a_queue_that_takes_no_message(aws_settings: pytest.MonkeyPatch) -> None:
    aws_settings.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    reservation_id = uuid4()
    with logged() as lines:
        assert not NO_QUEUE.send_if_possible(reservation_id, 1)
    assert facts(lines.about("expiry message not sent; the sweep will expire this hold")) == {
        "level": "WARNING",
        "message": "expiry message not sent; the sweep will expire this hold",
        "reservation_id": str(reservation_id),
        "reason": "EndpointConnectionError",
    }


def test_a_message_that_will_be_a_dead_letter(environment: Database) -> None:
    with logged() as lines:
        deliver_batch({"Records": [{"messageId": "4711", "body": "{"}]}, environment, NO_QUEUE)
    assert facts(lines.about("message failed")) == {
        "level": "WARNING",
        "message": "message failed",
        "message_id": "4711",
        "reason": "MalformedMessage",
    }


def test_a_bus_that_takes_no_events(connection: Connection, environment: Database, bus: RememberingBus) -> None:
    def refuse() -> None:
        raise NotPublished("ThrottlingException")

    active(connection, product(connection))
    settle(connection)
    bus.meanwhile = refuse
    with logged() as lines:
        assert publish(environment, bus, PATIENT) == 0
    assert facts(lines.about("events not published; the next pass tries again")) == {
        "level": "WARNING",
        "message": "events not published; the next pass tries again",
        "reason": "ThrottlingException",
    }


def test_a_row_that_somebody_changed_by_hand(
    connection: Connection, environment: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    product_id = product(connection, 10)
    active(connection, product_id, 2), completed(connection, product_id, 3)
    connection.execute("UPDATE stock SET available = available - 1 WHERE product_id = %s", [product_id])
    with logged() as lines:
        audit(environment)
    assert facts(lines.about("product out of balance")) == {
        "level": "ERROR",
        "message": "product out of balance",
        "product_id": str(product_id),
        "product": "A product",
        "rows": "Balance(total=10, available=4, held=2, sold=3)",
        "journal": "Balance(total=10, available=5, held=2, sold=3)",
    }
    metrics = json.loads(capsys.readouterr().out)
    assert {name: metrics[name] for name in ("Drift", "ExpiryLatenessSeconds", "OldestSnapshotSeconds")} == {
        "Drift": [1.0],
        "ExpiryLatenessSeconds": [0.0],
        "OldestSnapshotSeconds": [0.0],
    }
    connection.execute("UPDATE stock SET available = available + 1 WHERE product_id = %s", [product_id])


def test_money_that_must_go_back(connection: Connection, environment: Database) -> None:
    product_id = product(connection, 1)
    late = lapsed(connection, product_id)
    completed(connection, product_id)
    with logged() as lines, pytest.raises(RefundRequired) as refused:
        pay_for(environment, late.id)
    assert refused.value.payment_reference == REFERENCE
    assert facts(lines.about("refund required")) == {
        "level": "WARNING",
        "message": "refund required",
        "reservation_id": str(late.id),
        "payment_reference": REFERENCE,
    }


def test_a_payment_whose_reservation_the_database_does_not_find(connection: Connection) -> None:
    held = active(connection, product(connection))
    with pytest.raises(NotFound):
        answer("not-found", held, REFERENCE)


def test_a_firing_publishes_by_its_own_database_and_clock(
    connection: Connection, environment: Database, bus: RememberingBus
) -> None:
    held = active(connection, product(connection))
    settle(connection)
    with logged() as lines:
        assert publish_until_next(environment, bus, MINUTE, ONE_PASS) == 1
    assert bus.told[-1] == ("RESERVED", str(held.id))
    assert lines.about("published")["sent"] == len(bus.told)


def test_a_pass_purges_a_bounded_number_and_says_of_what(
    connection: Connection, environment: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        old = "INSERT INTO idempotency_keys VALUES (%s, %s, %s, instant_now() - interval '2 days')"
        connection.execute(old, [uuid4(), str(number), uuid4()])
    monkeypatch.setattr(purging, "BATCH", 1)
    monkeypatch.setattr(purging, "BATCHES", 2)
    with logged() as lines:
        assert purge(environment) == 2
    assert facts(lines.about("purged")) == {
        "level": "INFO",
        "message": "purged",
        "kind": "idempotency keys",
        "deleted": 2,
    }


def test_what_a_message_and_a_sweep_have_done(connection: Connection, environment: Database) -> None:
    product_id = product(connection, 3)
    by_message, by_sweep = lapsed(connection, product_id), lapsed(connection, product_id)
    running = active(connection, product_id)
    with logged() as lines:
        for hold in (by_message, running):
            environment.run(expire, hold.id)
        assert sweep(environment) == 1
    assert [facts(line) for line in lines.parsed] == [
        {"level": "INFO", "message": "expired", "reservation_id": str(by_message.id), "by": "message"},
        {"level": "INFO", "message": "expired", "reservation_id": str(by_sweep.id), "by": "sweep"},
        {"level": "INFO", "message": "swept", "expired": 1},
    ]


def test_a_sweep_with_a_defect(connection: Connection, environment: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    product_id = product(connection)
    lapsed(connection, product_id)
    with monkeypatch.context() as patch, logged() as lines:
        patch.setattr(reservations, "sweep_slot", lambda *_: 1 // 0)
        assert sweep(environment) == 0
    line = lines.about("sweep of a product failed")
    assert (line["level"], line["product_id"]) == ("ERROR", str(product_id))
    assert "ZeroDivisionError" in line["exception"]
