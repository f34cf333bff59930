"""Expiring by message: early, late, double and unknown messages are harmless."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.db import reservations
from chalicelib.db.connection import Database
from chalicelib.errors import MalformedMessage
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.jobs.expiry_messages import deliver, deliver_batch
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.expire import expire
from tests.factories import active, available, completed, lapsed, product, status
from tests.rivals import at_once

Advance = Callable[[float], None]


class RecordedQueue:
    """Stands for the queue; remembers what it was told."""

    def __init__(self) -> None:
        self.sent: list[tuple[UUID, float]] = []

    def send(self, reservation_id: UUID, seconds: float) -> None:
        self.sent.append((reservation_id, seconds))


@pytest.fixture
def queue() -> RecordedQueue:
    return RecordedQueue()


def message(reservation_id: UUID) -> str:
    return f'{{"reservationId": "{reservation_id}"}}'


def test_gives_the_units_of_a_lapsed_hold_back(connection: Connection) -> None:
    product_id = product(connection, 5)
    reservation = lapsed(connection, product_id, 2)
    assert expire(connection, reservation.id) is None
    assert status(connection, reservation.id) == ("EXPIRED", "message")
    assert available(connection, product_id) == 5


def test_gives_them_back_once_however_often_the_message_comes(connection: Connection) -> None:
    product_id = product(connection, 5)
    reservation = lapsed(connection, product_id, 2)
    for _ in range(3):
        expire(connection, reservation.id)
    assert available(connection, product_id) == 5


def test_gives_them_back_once_when_the_messages_come_together(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 5)
    reservation = lapsed(connection, product_id, 2)
    outcomes = at_once(database_url, [lambda own: expire(own, reservation.id)] * 8)
    assert outcomes == [None] * 8
    assert available(connection, product_id) == 5


def test_leaves_a_running_hold_alone_and_tells_the_rest(connection: Connection, advance: Advance) -> None:
    product_id = product(connection, 5)
    reservation = active(connection, product_id, 2, hold_seconds=100)
    advance(40)
    left = expire(connection, reservation.id)
    assert left is not None
    assert 50 < left <= 60
    assert available(connection, product_id) == 3


@pytest.mark.parametrize("ending", [completed, lambda *given: cancel(given[0], active(*given).id, ANONYMOUS)])
def test_leaves_an_ended_reservation_alone(
    connection: Connection, advance: Advance, ending: Callable[..., object]
) -> None:
    product_id = product(connection, 5)
    reservation = ending(connection, product_id, 2)
    before = available(connection, product_id)
    advance(1000)
    assert expire(connection, reservation.id) is None
    assert available(connection, product_id) == before


def test_ignores_an_unknown_reservation(connection: Connection) -> None:
    assert expire(connection, uuid4()) is None


def test_sends_an_early_message_again_for_the_rest(
    connection: Connection, environment: Database, queue: RecordedQueue
) -> None:
    reservation = active(connection, product(connection), hold_seconds=3600)
    deliver(environment, queue, message(reservation.id))
    [(reservation_id, seconds)] = queue.sent
    assert reservation_id == reservation.id
    assert 3590 < seconds <= 3600


def test_sends_nothing_after_expiring(connection: Connection, environment: Database, queue: RecordedQueue) -> None:
    reservation = lapsed(connection, product(connection))
    deliver(environment, queue, message(reservation.id))
    assert queue.sent == []


def test_refuses_a_malformed_message(environment: Database, queue: RecordedQueue) -> None:
    with pytest.raises(MalformedMessage):
        deliver(environment, queue, "{}")


def test_one_bad_message_does_not_make_the_others_repeat(
    connection: Connection, environment: Database, queue: RecordedQueue
) -> None:
    product_id = product(connection, 9)
    holds = [lapsed(connection, product_id) for _ in range(3)]
    bodies = [message(holds[0].id), "garbage", message(holds[1].id), message(uuid4()), message(holds[2].id)]
    event = {"Records": [{"messageId": str(number), "body": body} for number, body in enumerate(bodies)]}
    reply = deliver_batch(event, environment, queue)
    assert reply == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert available(connection, product_id) == 9


def test_reports_every_message_of_a_batch_that_is_bad_altogether(environment: Database, queue: RecordedQueue) -> None:
    event = {"Records": [{"messageId": "a", "body": ""}, {"messageId": "b", "body": "[]"}]}
    reply = deliver_batch(event, environment, queue)
    assert [item["itemIdentifier"] for item in reply["batchItemFailures"]] == ["a", "b"]


def test_reports_messages_while_the_database_is_away(queue: RecordedQueue) -> None:
    event = {"Records": [{"messageId": "a", "body": message(uuid4())}]}
    away = Database("postgresql://postgres@127.0.0.1:1/postgres")
    assert deliver_batch(event, away, queue) == {"batchItemFailures": [{"itemIdentifier": "a"}]}


def test_reports_an_early_message_that_could_not_be_sent_again(connection: Connection, environment: Database) -> None:
    reservation = active(connection, product(connection))

    class BrokenQueue:
        def send(self, *_: object) -> None:
            raise OSError("no queue")

    event = {"Records": [{"messageId": "a", "body": message(reservation.id)}]}
    reply = deliver_batch(event, environment, BrokenQueue())
    assert reply == {"batchItemFailures": [{"itemIdentifier": "a"}]}


def test_a_hold_that_lapses_between_two_looks_at_the_clock_is_not_expired_without_its_lock(
    connection: Connection,
) -> None:
    hold = active(connection, product(connection))
    connection.execute("CREATE SEQUENCE looks")
    connection.execute("""
        CREATE OR REPLACE FUNCTION instant_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS
        $$ SELECT clock_timestamp() + (nextval('looks') > 1)::integer * interval '10 minutes' $$
    """)
    outcome, _ = reservations.expire(connection, hold.id)
    assert outcome == "running"
    assert status(connection, hold.id) == ("ACTIVE", None)
