"""Somebody keeps one product's stock locked: the sweep and the messages of all other products go on."""

import pytest
from psycopg import Connection

from chalicelib.db import connection as database
from chalicelib.db import reservations
from chalicelib.db.connection import Database
from chalicelib.jobs.expiry_messages import deliver_batch
from chalicelib.jobs.sweep import sweep
from tests.factories import available, lapsed, product
from tests.logs import logged
from tests.rivals import lock_slots


class NoQueue:
    """Stands for the queue; nothing is to be sent."""

    def send(self, *_: object) -> None:
        raise AssertionError


@pytest.fixture
def hasty(database_url: str) -> None:
    """Let new sessions of the test's database wait 50 ms for a lock."""
    with database.connect(database_url) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER ROLE CURRENT_USER IN DATABASE {name} SET lock_timeout = '50ms'")


@pytest.mark.usefixtures("hasty")
def test_the_sweep_expires_the_holds_of_all_others_in_the_same_pass(
    connection: Connection, environment: Database
) -> None:
    product_ids = sorted(product(connection, 5) for _ in range(3))
    for product_id in product_ids:
        lapsed(connection, product_id)
    with connection.transaction(), logged() as lines:
        lock_slots(connection, product_ids[0])
        assert sweep(environment) == 2
    assert [available(connection, product_id) for product_id in product_ids] == [4, 5, 5]
    line = lines.about("sweep of a product postponed: its stock is locked")
    assert line["product_id"] == str(product_ids[0])


@pytest.mark.usefixtures("hasty")
def test_of_a_batch_of_messages_only_its_own_fail_and_one_waits(
    connection: Connection, environment: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, free = product(connection, slots=[20]), product(connection, slots=[20])
    holds = [lapsed(connection, product_id) for product_id in [free, locked, locked, free, locked, free]]
    records = [
        {"messageId": str(number), "body": f'{{"reservationId": "{hold.id}"}}'} for number, hold in enumerate(holds)
    ]
    waits, expire = [], reservations.expire

    def noted(own: Connection, reservation_id: object, *, wait: bool) -> object:
        waits.append(wait)
        return expire(own, reservation_id, wait=wait)

    monkeypatch.setattr(reservations, "expire", noted)
    with connection.transaction():
        lock_slots(connection, locked)
        reply = deliver_batch({"Records": records}, environment, NoQueue())
    assert [item["itemIdentifier"] for item in reply["batchItemFailures"]] == ["1", "2", "4"]
    assert waits == [True, True, False, False, False, False]
    assert (available(connection, free), available(connection, locked)) == (20, 17)


@pytest.mark.usefixtures("hasty")
def test_a_message_that_nobody_can_read_does_not_let_the_others_wait_again(
    connection: Connection, environment: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    product_id = product(connection, slots=[20])
    first, last = (f'{{"reservationId": "{lapsed(connection, product_id).id}"}}' for _ in range(2))
    records = [{"messageId": str(number), "body": body} for number, body in enumerate([first, "{", last])]
    waits, expire = [], reservations.expire

    def noted(own: Connection, reservation_id: object, *, wait: bool) -> object:
        waits.append(wait)
        return expire(own, reservation_id, wait=wait)

    monkeypatch.setattr(reservations, "expire", noted)
    with connection.transaction(), logged():
        lock_slots(connection, product_id)
        deliver_batch({"Records": records}, environment, NoQueue())
    assert waits == [True, False]
