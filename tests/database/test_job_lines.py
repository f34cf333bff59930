"""What jobs and payments log of what they did, and how much of it they do at once."""

from uuid import uuid4

import pytest
from psycopg import Connection

from chalicelib.db.connection import Database
from chalicelib.errors import NotFound, RefundRequired
from chalicelib.jobs import purge as purging
from chalicelib.jobs.publish import publish_until_next
from chalicelib.jobs.purge import purge
from chalicelib.jobs.schedule import Timer
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.expire import expire
from chalicelib.lifecycle.pay import _answer as answer
from tests.buses import RememberingBus, settle
from tests.factories import active, completed, lapsed, product
from tests.logs import facts, logged
from tests.paying import REFERENCE, pay_for

ONE_PASS = Timer(lambda: 60_000, lambda: 0.0, lambda _: None)
MINUTE = 60


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
