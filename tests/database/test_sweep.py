"""Sweeping: whatever the queue missed comes back, in bounded batches, past whatever others are working on."""

from typing import Any
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.db import reservations
from chalicelib.db.connection import Database
from chalicelib.errors import Busy
from chalicelib.jobs import sweep as sweeping
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.expire import expire
from tests.factories import active, available, completed, lapsed, product, request, reserve, status
from tests.rivals import environments_at_once, lock_hold


def test_expires_lapsed_holds_of_every_product(connection: Connection, environment: Database) -> None:
    products = [product(connection, 5) for _ in range(3)]
    holds = [lapsed(connection, product_id, 2) for product_id in products]
    assert sweep(environment) == 3
    assert [status(connection, hold.id) for hold in holds] == [("EXPIRED", "sweep")] * 3
    assert [available(connection, product_id) for product_id in products] == [5, 5, 5]


def test_leaves_everything_else_alone(connection: Connection, environment: Database) -> None:
    product_id = product(connection, 5)
    running, paid = active(connection, product_id), completed(connection, product_id)
    assert sweep(environment) == 0
    assert [status(connection, one.id)[0] for one in (running, paid)] == ["ACTIVE", "COMPLETED"]
    assert available(connection, product_id) == 3


def test_only_expiring_does_not_wait_for_the_disk(connection: Connection) -> None:
    product_id = product(connection, 5)
    by_sweep, by_message = lapsed(connection, product_id), lapsed(connection, product_id)
    waits = "SHOW synchronous_commit"
    with connection.transaction():
        reserve(connection, request(product_id))
        assert connection.execute(waits).fetchone() == ("on",)
    with connection.transaction():
        assert expire(connection, by_message.id) is None
        assert connection.execute(waits).fetchone() == ("off",)
    with connection.transaction():
        assert reservations.sweep_slot(connection, product_id, 0, 10) == [by_sweep.id]
        assert connection.execute(waits).fetchone() == ("off",)
    assert connection.execute(waits).fetchone() == ("on",)


def test_adds_up_what_goes_back_to_one_slot(connection: Connection, environment: Database) -> None:
    product_id = product(connection, slots=[20])
    for quantity in (1, 2, 3, 4):
        lapsed(connection, product_id, quantity)
    assert sweep(environment) == 4
    assert available(connection, product_id) == 20


def test_gives_units_back_to_the_slots_they_came_from(connection: Connection, environment: Database) -> None:
    product_id = product(connection, slots=[4, 4, 4])
    for _ in range(12):
        lapsed(connection, product_id)
    sweep(environment)
    assert connection.execute("SELECT available FROM stock ORDER BY slot").fetchall() == [(4,), (4,), (4,)]


def test_works_through_more_than_one_batch(
    connection: Connection, environment: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 3)
    product_id = product(connection, slots=[10])
    for _ in range(8):
        lapsed(connection, product_id)
    sizes, sweep_slot = [], reservations.sweep_slot

    def noted(*arguments: Any) -> list[UUID]:
        ids = sweep_slot(*arguments)
        sizes.append(len(ids))
        return ids

    monkeypatch.setattr(reservations, "sweep_slot", noted)
    assert sweep(environment) == 8
    assert sizes == [3, 3, 2]
    assert available(connection, product_id) == 10


def test_passes_over_a_hold_that_another_is_working_on(connection: Connection, environment: Database) -> None:
    product_id = product(connection, 10)
    taken, free = lapsed(connection, product_id), lapsed(connection, product_id)
    with connection.transaction():
        lock_hold(connection, taken.id)
        assert sweep(environment) == 1
    assert [status(connection, hold.id)[0] for hold in (taken, free)] == ["ACTIVE", "EXPIRED"]


def test_sweeps_side_by_side_give_each_unit_back_once(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 60)
    for _ in range(40):
        lapsed(connection, product_id)

    expired = environments_at_once(database_url, [sweep] * 6)
    assert sum(count for count in expired if isinstance(count, int)) == 40
    assert available(connection, product_id) == 60


def test_one_product_s_fault_does_not_keep_the_others_from_being_swept(
    connection: Connection, environment: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    products = [product(connection, 5), product(connection, 5)]
    for product_id in products:
        lapsed(connection, product_id)
    first = min(products)
    sweep_slot = reservations.sweep_slot

    def faulty(own: Connection, product_id: UUID, slot: int, limit: int) -> list[UUID]:
        if product_id == first:
            raise ZeroDivisionError
        return sweep_slot(own, product_id, slot, limit)

    monkeypatch.setattr(reservations, "sweep_slot", faulty)
    assert sweep(environment) == 1
    assert sorted(available(connection, product_id) for product_id in products) == [4, 5]


def test_says_busy_while_the_database_is_away() -> None:
    with pytest.raises(Busy):
        sweep(Database("postgresql://postgres@127.0.0.1:1/postgres"))
