"""Publishing the journal: everything at least once, in order, whatever commits late, fails or happens twice."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib import database, stock
from chalicelib.database import Database
from chalicelib.errors import Busy, NotPublished
from chalicelib.event_bus import EventBus
from chalicelib.lifecycle.expire import expire
from chalicelib.lifecycle.passes import Timer
from chalicelib.lifecycle.publish import publish, publish_until_next
from chalicelib.lifecycle.sweep import sweep
from chalicelib.schemas import rfc3339
from tests.buses import PATIENT, RememberingBus, settle
from tests.factories import active, completed, lapsed, product, status
from tests.logs import logged
from tests.rivals import impatient
from tests.servers import listening, url_of

NOT_PUBLISHED = "events not published; the next pass tries again"


@pytest.fixture
def product_id(connection: Connection) -> UUID:
    """Put a product on sale before there is a bus."""
    return product(connection, 100)


@pytest.fixture
def bus(connection: Connection, environment: Database, product_id: UUID) -> RememberingBus:
    """Have a bus to which nothing has been sent yet; what happens from now on will be."""
    del product_id
    settle(connection)
    bus = RememberingBus()
    assert publish(environment, bus, PATIENT) == 0
    return bus


def sent(connection: Connection, environment: Database, bus: RememberingBus) -> int:
    """Publish once nothing older is running; return how many entries were sent."""
    settle(connection)
    return publish(environment, bus, PATIENT)


def test_tells_what_happened_and_nothing_of_the_shopper(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID
) -> None:
    held = active(connection, product_id, 2, shopper_id=UUID(int=7))
    assert sent(connection, environment, bus) == 1
    ((event,),) = bus.batches
    ((entry_id,),) = connection.execute("SELECT id FROM journal WHERE reservation_id = %s", [held.id]).fetchall()
    assert (event.name, event.at) == ("ReservationReserved", held.created_at)
    assert event.detail == {
        "id": entry_id,
        "at": rfc3339(held.created_at),
        "event": "RESERVED",
        "productId": str(product_id),
        "reservationId": str(held.id),
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


def test_tells_of_units_taken_out_under_the_product_s_name(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID
) -> None:
    with connection.transaction():
        stock.lock(connection, product_id)
        stock.restock(connection, product_id, -3)
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


def test_a_publisher_that_dies_between_sending_and_noting_it_sends_again(
    connection: Connection,
    environment: Database,
    bus: RememberingBus,
    product_id: UUID,
    administrator: Connection,
) -> None:
    active(connection, product_id)
    settle(connection)
    backend = environment.run(lambda own: own.info.backend_pid)
    bus.meanwhile = lambda: administrator.execute("SELECT pg_terminate_backend(%s, 10000)", [backend])
    with pytest.raises(Busy):
        publish(environment, bus, PATIENT)
    bus.meanwhile = lambda: None
    assert publish(environment, bus, PATIENT) == 1
    first, again = bus.batches
    assert [event.detail for event in again] == [event.detail for event in first]


def test_a_bus_that_fails_is_logged_and_told_at_the_next_pass(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID
) -> None:
    def fail() -> None:
        raise NotPublished("ThrottlingException")

    held = active(connection, product_id)
    bus.meanwhile = fail
    with logged() as lines:
        assert sent(connection, environment, bus) == 0
    line = lines.about(NOT_PUBLISHED)
    assert (line["level"], line["reason"]) == ("WARNING", "ThrottlingException")
    bus.meanwhile = lambda: None
    assert sent(connection, environment, bus) == 1
    assert bus.told == [("RESERVED", str(held.id))]


def test_batches_sent_before_a_failure_are_not_sent_again(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID
) -> None:
    def fail_after_the_first() -> None:
        if bus.batches:
            raise NotPublished("InternalFailure")

    for _ in range(15):
        active(connection, product_id)
    bus.meanwhile = fail_after_the_first
    assert sent(connection, environment, bus) == 10
    bus.meanwhile = lambda: None
    assert sent(connection, environment, bus) == 5
    assert len(set(bus.told)) == len(bus.told) == 15


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


def meanwhile(bus: RememberingBus, look: Callable[[], Any]) -> list[Any]:
    """Have the bus look once at what others may do while a batch is on its way; what was seen comes into the list."""
    seen: list[Any] = []
    bus.meanwhile = lambda: seen.append(look())
    return seen


def test_two_publishers_at_once_do_no_double_work_and_wait_for_nobody(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID, database_url: str
) -> None:
    active(connection, product_id)
    other_bus, other_environment = RememberingBus(), Database(database_url)
    seen = meanwhile(bus, lambda: publish(other_environment, other_bus, PATIENT))
    assert sent(connection, environment, bus) == 1
    assert (seen, other_bus.batches) == ([0], [])
    other_environment.close()


def test_nobody_who_reserves_pays_or_expires_waits_while_a_batch_is_on_its_way(
    connection: Connection, environment: Database, bus: RememberingBus, product_id: UUID, database_url: str
) -> None:
    active(connection, product_id)
    late = lapsed(connection, product_id)
    with impatient(database_url) as shopper:
        seen = meanwhile(bus, lambda: (completed(shopper, product_id), expire(shopper, late.id)))
        assert sent(connection, environment, bus) == 2
    ((paid, _),) = seen
    assert (status(connection, paid.id)[0], status(connection, late.id)) == ("COMPLETED", ("EXPIRED", "message"))


def test_a_bus_that_swallows_connections_costs_neither_the_cursor_nor_the_connection(
    connection: Connection,
    environment: Database,
    bus: RememberingBus,
    product_id: UUID,
    aws_settings: pytest.MonkeyPatch,
) -> None:
    held = active(connection, product_id)
    settle(connection)
    before = environment.run(lambda own: own.info.backend_pid)
    with listening() as server, logged() as lines:
        aws_settings.setenv("AWS_ENDPOINT_URL", url_of(server))
        assert publish(environment, EventBus(bus.name), PATIENT) == 0
    assert lines.about(NOT_PUBLISHED)["reason"] == "ReadTimeoutError"
    assert environment.run(lambda own: own.info.backend_pid) == before
    assert publish(environment, bus, PATIENT) == 1
    assert bus.told == [("RESERVED", str(held.id))]


def test_without_a_bus_nothing_is_done_at_all() -> None:
    away = Database("postgresql://postgres@127.0.0.1:1/postgres")
    with logged() as lines:
        assert publish_until_next(away, None, 10, PATIENT) == 0
    assert lines.parsed == []


def test_one_firing_makes_passes_and_outlives_a_database_that_is_away(bus: RememberingBus) -> None:
    away = Database("postgresql://postgres@127.0.0.1:1/postgres")
    with logged() as lines:
        assert publish_until_next(away, bus, 30, PATIENT) == 2
    assert [line["work"] for line in lines.parsed if "work" in line] == ["publish", "publish"]
