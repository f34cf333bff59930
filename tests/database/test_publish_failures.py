"""Publishing while something fails, or while others work: nothing is missed, and nobody waits."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.aws.event_bus import EventBus
from chalicelib.db.connection import Database
from chalicelib.errors import Busy, NotPublished
from chalicelib.jobs.publish import publish, publish_until_next
from chalicelib.lifecycle.expire import expire
from tests.buses import PATIENT, RememberingBus, sent, settle
from tests.factories import active, completed, lapsed, status
from tests.logs import logged
from tests.rivals import impatient
from tests.servers import listening, url_of

pytestmark = pytest.mark.slow

NOT_PUBLISHED = "events not published; the next pass tries again"


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
    assert [line["step"] for line in lines.parsed if "step" in line] == ["publish", "publish"]
