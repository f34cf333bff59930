"""Lapsed holds whose units are needed: which of them are expired, and what becomes of the units."""

from uuid import UUID

import pytest
from psycopg import Connection
from psycopg.errors import LockNotAvailable

from chalicelib.db import connection as database
from chalicelib.db import products, publications, reservations
from chalicelib.db.connection import Database
from chalicelib.errors import InsufficientStock
from chalicelib.jobs.publish import publish
from tests.buses import PATIENT, RememberingBus, settle
from tests.factories import active, available, lapsed, let_lapse, product, request, reserve, status
from tests.rivals import Rival, impatient, lock_hold, lock_slots


def lapsed_in_disorder(connection: Connection, product_id: UUID) -> list[UUID]:
    """Make three holds that lapsed 1, 3 and 2 seconds ago, in this order; return them from the oldest lapse on."""
    holds = {seconds: active(connection, product_id).id for seconds in (1, 3, 2)}
    for seconds, reservation_id in holds.items():
        let_lapse(connection, reservation_id, seconds)
    return [holds[seconds] for seconds in (3, 2, 1)]


def statuses(connection: Connection, ids: list[UUID]) -> list[str]:
    return [status(connection, reservation_id)[0] for reservation_id in ids]


def without_indexes(connection: Connection) -> None:
    """Let the database read tables in the order of their rows: no index puts holds in order by chance."""
    for plan in ("indexscan", "indexonlyscan", "bitmapscan"):
        connection.execute(f"SET enable_{plan} = off")


@pytest.mark.parametrize(("quantity", "ended"), [(1, 1), (2, 2)])
def test_the_holds_that_lapsed_first_are_reclaimed_first(connection: Connection, quantity: int, ended: int) -> None:
    product_id = product(connection, 3)
    holds = lapsed_in_disorder(connection, product_id)
    without_indexes(connection)
    reserve(connection, request(product_id, quantity))
    assert statuses(connection, holds) == ["EXPIRED"] * ended + ["ACTIVE"] * (3 - ended)


def test_a_batch_of_the_sweep_expires_as_many_as_it_may_and_the_oldest_first(connection: Connection) -> None:
    product_id = product(connection, 3)
    holds = lapsed_in_disorder(connection, product_id)
    without_indexes(connection)
    assert set(reservations.sweep_slot(connection, product_id, 0, 2)) == set(holds[:2])
    assert statuses(connection, holds) == ["EXPIRED", "EXPIRED", "ACTIVE"]


def test_the_rest_of_a_lapsed_hold_is_available(connection: Connection) -> None:
    product_id = product(connection, 3)
    lapsed(connection, product_id, 3)
    reserve(connection, request(product_id, 1))
    assert available(connection, product_id) == 2


def test_no_running_hold_is_reclaimed(connection: Connection) -> None:
    product_id = product(connection, 3)
    lapsed(connection, product_id, 1)
    running = active(connection, product_id, 2)
    with pytest.raises(InsufficientStock):
        reserve(connection, request(product_id, 2))
    assert status(connection, running.id) == ("ACTIVE", None)


def test_a_slot_knows_its_next_lapse_after_units_went_back(connection: Connection) -> None:
    product_id = product(connection, 2)
    first, second = active(connection, product_id), active(connection, product_id)
    reservations.cancel(connection, first.id, first.shopper_id)
    found = products.find(connection, product_id)
    assert found
    assert found.next_release_at == second.expires_at


def test_several_slots_are_locked_the_lowest_first(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[1, 1])
    with Rival(database_url) as rival, impatient(database_url) as other:
        with connection.transaction():
            lock_slots(connection, product_id, [0])
            rival.start(lambda own: own.execute("SELECT lock_slots(%s, '{1,0}')", [product_id]))
            with other.transaction():
                lock_slots(other, product_id, [1])
            with pytest.raises(LockNotAvailable), other.transaction():
                lock_slots(other, product_id, [0])
        rival.result()


def test_a_publisher_that_read_before_another_sent_sends_nothing(
    connection: Connection,
    environment: Database,
    bus: RememberingBus,
    product_id: UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = publications.position(connection, bus.name)
    active(connection, product_id)
    settle(connection)
    assert publish(environment, bus, PATIENT) == 1
    monkeypatch.setattr(publications, "position", lambda *_: before)
    assert publish(environment, bus, PATIENT) == 0


def test_a_message_that_must_not_wait_fails_at_a_lock_at_once(connection: Connection, database_url: str) -> None:
    hold = lapsed(connection, product(connection))
    with database.connect(database_url) as message:
        message.execute("SET lock_timeout = 0")  # a wait would end with another error, by the statement's timeout
        with connection.transaction():
            lock_hold(connection, hold.id)
            with pytest.raises(LockNotAvailable):
                reservations.expire(message, hold.id, wait=False)
