"""Publishing the journal: everything at least once, in order, whatever commits late, fails or happens twice."""

from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db import connection as database
from chalicelib.db.connection import Database
from chalicelib.formats import rfc3339
from chalicelib.jobs import publish as publishing
from chalicelib.jobs.publish import publish
from chalicelib.jobs.schedule import Timer
from chalicelib.jobs.sweep import sweep
from tests.buses import PATIENT, RememberingBus, sent, settle
from tests.factories import active, completed, lapsed


def test_tells_what_happened_and_nothing_of_the_shopper(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID
) -> None:
    held = active(connection, product_id, 2, shopper_id=UUID(int=7))
    assert sent(connection, environment, bus) == 1
    ((event,),) = bus.batches
    ((entry_id,),) = connection.execute(
        "SELECT id FROM journal_entries WHERE reservation_id = %s", [held.id]
    ).fetchall()
    assert (event.name, event.at) == ("ReservationReserved", held.created_at)
    assert event.detail == {
        "id": entry_id,
        "at": rfc3339(held.created_at),
        "event": "RESERVED",
        "productId": str(product_id),
        "reservationId": str(held.id),
        "waiterId": None,
        "quantity": 2,
        "by": "shopper",
    }


def test_tells_of_every_transition_in_the_order_they_were_made(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID
) -> None:
    paid, late = completed(connection, product_id), lapsed(connection, product_id)
    sweep(environment)
    assert sent(connection, environment, bus) == 4
    expected = [("RESERVED", paid.id), ("COMPLETED", paid.id), ("RESERVED", late.id), ("EXPIRED", late.id)]
    assert bus.told == [(event, str(reservation_id)) for event, reservation_id in expected]


def test_tells_of_more_entries_than_it_reads_at_once(
    connection: Connection,
    environment: Database,
    bus: RememberingBus,
    product_id: UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publishing, "READ_AT_ONCE", 2)
    held = [active(connection, product_id) for _ in range(5)]
    assert sent(connection, environment, bus) == 5
    assert bus.told == [("RESERVED", str(each.id)) for each in held]


def test_tells_of_units_taken_out_under_the_product_s_name(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID
) -> None:
    restock(connection, product_id, -3, "ada")
    sent(connection, environment, bus)
    ((event,),) = bus.batches
    assert (event.name, event.detail["quantity"], event.detail["reservationId"]) == ("ProductRestocked", -3, None)


def test_a_new_bus_is_told_of_nothing_that_was_over_before(
    connection: Connection, environment: Database, product_id: UUID
) -> None:
    active(connection, product_id)
    bus = RememberingBus()
    assert sent(connection, environment, bus) == 0
    assert bus.batches == []


def test_a_new_bus_is_told_of_what_was_under_way(
    connection: Connection, environment: Database, product_id: UUID, database_url: str
) -> None:
    bus = RememberingBus()
    with database.connect(database_url) as slow:
        with slow.transaction():
            first = active(slow, product_id)
            second = active(connection, product_id)
            assert publish(environment, bus, PATIENT) == 0
        assert sent(connection, environment, bus) == 2
    assert bus.told == [("RESERVED", str(first.id)), ("RESERVED", str(second.id))]


def test_each_entry_is_sent_once_to_each_bus(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID
) -> None:
    other = RememberingBus("warehouse")
    publish(environment, other, PATIENT)
    active(connection, product_id)
    assert [sent(connection, environment, bus) for _ in range(3)] == [1, 0, 0]
    assert [sent(connection, environment, other) for _ in range(2)] == [1, 0]


def test_a_transaction_that_commits_late_is_not_missed(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID, database_url: str
) -> None:
    settle(connection)
    with database.connect(database_url) as slow:
        with slow.transaction():
            first = active(slow, product_id)
            second = active(connection, product_id)
            assert publish(environment, bus, PATIENT) == 0
        assert sent(connection, environment, bus) == 2
    assert bus.told == [("RESERVED", str(first.id)), ("RESERVED", str(second.id))]


def test_what_was_over_before_a_running_transaction_began_does_not_wait_for_it(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID, database_url: str
) -> None:
    held = active(connection, product_id)
    settle(connection)
    with database.connect(database_url) as slow, slow.transaction():
        active(slow, product_id)
        assert publish(environment, bus, PATIENT) == 1
    assert bus.told == [("RESERVED", str(held.id))]


def test_no_batch_is_larger_than_the_bus_takes(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID
) -> None:
    for _ in range(25):
        active(connection, product_id)
    assert sent(connection, environment, bus) == 25
    assert [len(batch) for batch in bus.batches] == [10, 10, 5]


def test_stops_when_the_invocation_s_time_is_over(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID
) -> None:
    for _ in range(25):
        active(connection, product_id)
    settle(connection)
    left = iter([60_000, 60_000, 5_000])
    assert publish(environment, bus, Timer(lambda: next(left), lambda: 0.0, lambda _: None)) == 20
    assert sent(connection, environment, bus) == 5
