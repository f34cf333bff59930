"""Many shoppers at once: nothing oversold, nothing lost, and a refusal only when nothing is left."""

import random
from collections import Counter
from functools import partial
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.db import products
from chalicelib.db.connection import Database
from chalicelib.db.reservations import Reservation
from chalicelib.errors import InsufficientStock, ReservationExpired
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from tests.factories import active, available, lapsed, product, request, reserve, status
from tests.rivals import at_once, environments_at_once
from tests.soaking import Effort


def reserve_one(connection: Connection, product_id: UUID) -> Reservation:
    return reserve(connection, request(product_id))


def kinds(outcomes: list[Reservation | Exception]) -> Counter[str]:
    return Counter(type(outcome).__name__ for outcome in outcomes)


def test_two_shoppers_for_the_last_unit_one_gets_it(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 1)
    outcomes = at_once(database_url, [partial(reserve_one, product_id=product_id)] * 2)
    assert kinds(outcomes) == {"Reservation": 1, "InsufficientStock": 1}


@pytest.mark.parametrize("slots", [[7], [1] * 7, [3, 0, 4]])
def test_a_hundred_shoppers_for_seven_units_seven_get_one(
    connection: Connection, database_url: str, slots: list[int]
) -> None:
    product_id = product(connection, slots=slots)
    outcomes = at_once(database_url, [partial(reserve_one, product_id=product_id)] * 100)
    assert kinds(outcomes) == {"Reservation": 7, "InsufficientStock": 93}
    assert available(connection, product_id) == 0


def test_lapsed_units_are_reclaimed_by_as_many_as_there_are(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[10, 10])
    for _ in range(10):
        lapsed(connection, product_id, 2)
    outcomes = at_once(database_url, [partial(reserve_one, product_id=product_id)] * 40)
    assert kinds(outcomes) == {"Reservation": 20, "InsufficientStock": 20}


def test_units_scattered_over_slots_are_all_found(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[1] * 30)
    three = [lambda own: reserve(own, request(product_id, 3))] * 20
    outcomes = at_once(database_url, three)
    assert kinds(outcomes) == {"Reservation": 10, "InsufficientStock": 10}


def test_a_refusal_is_never_given_while_units_lie_in_stock(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[4] * 8)
    outcomes = at_once(database_url, [partial(reserve_one, product_id=product_id)] * 32)
    assert kinds(outcomes) == {"Reservation": 32}


def test_messages_and_sweeps_at_the_same_moment_give_each_unit_back_once(
    connection: Connection, database_url: str
) -> None:
    product_id = product(connection, 200)
    holds = [lapsed(connection, product_id) for _ in range(200)]
    shuffled = [random.sample(holds, len(holds)) for _ in range(4)]

    def messages(own: Database, order: list[Reservation]) -> None:
        for hold in order:
            own.run(expire, hold.id)

    def sweeps(own: Database) -> None:
        while sweep(own):
            pass

    outcomes = environments_at_once(
        database_url, [*(partial(messages, order=order) for order in shuffled), sweeps, sweeps]
    )
    assert outcomes == [None] * 6
    assert available(connection, product_id) == 200


LAPSE_SOON = "UPDATE reservations SET expires_at = instant_now() + interval '20 ms' WHERE id = %s"


def seconds_to_lapse(connection: Connection, reservation_id: UUID) -> float:
    left = "SELECT extract(epoch FROM expires_at - clock_timestamp())::float FROM reservations WHERE id = %s"
    ((seconds,),) = connection.execute(left, [reservation_id]).fetchall()
    return float(seconds)


def pay_around_the_lapse(own: Database, holds: list[UUID]) -> set[UUID]:
    """Return those whose completion was acknowledged."""
    acknowledged = set()
    for hold in holds:
        own.run(Connection.execute, LAPSE_SOON, [hold])
        margin = random.uniform(-0.02, 0.02)
        while own.run(seconds_to_lapse, hold) > margin:
            pass
        try:
            own.run(complete, hold, ANONYMOUS)
        except ReservationExpired:
            continue
        acknowledged.add(hold)
    return acknowledged


def expire_at_the_lapse(own: Database, holds: list[UUID]) -> None:
    for hold in holds:
        while own.run(expire, hold) is not None:
            pass


@pytest.mark.soak("R10")
@pytest.mark.timeout(3_600)
def test_completing_against_the_lapse_ends_each_hold_one_way(
    connection: Connection, database_url: str, effort: Effort
) -> None:
    """Each hold is paid for within 20 ms around its lapse, while others expire it the instant they can."""
    pairs = effort(200, 20_000)
    product_id = product(connection, pairs)
    holds = [active(connection, product_id, hold_seconds=36_000).id for _ in range(pairs)]
    shares = [holds[first::4] for first in range(4)]
    works = [partial(work, holds=share) for share in shares for work in (pay_around_the_lapse, expire_at_the_lapse)]
    answers = environments_at_once(database_url, works)
    ends = {hold: status(connection, hold)[0] for hold in holds}
    completed = [{hold for hold in share if ends[hold] == "COMPLETED"} for share in shares]
    assert answers == [answer for acknowledged in completed for answer in (acknowledged, None)]
    outcome = Counter(ends.values())
    assert outcome.keys() == {"COMPLETED", "EXPIRED"}
    assert outcome["COMPLETED"] + available(connection, product_id) == pairs
    if effort.is_long:
        assert min(outcome.values()) >= pairs / 10
    effort.done(f"{pairs} pairs: {dict(sorted(outcome.items()))}")


def test_stock_and_reads_agree_while_holds_come_and_go(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[5, 5])

    def churn(own: Database) -> None:
        for _ in range(60):
            try:
                own.run(cancel, own.run(reserve, request(product_id, 2)).id, ANONYMOUS)
            except InsufficientStock:
                continue

    def watch(own: Database) -> set[bool]:
        shown = [own.run(products.find, product_id) for _ in range(100)]
        return {one is not None and 0 <= one.available_stock <= one.total_stock == 10 for one in shown}

    *churned, watched = environments_at_once(database_url, [churn, churn, churn, watch])
    assert churned == [None] * 3
    assert watched == {True}
