"""One lock order: everything at once on few products makes no deadlock."""

import random
from collections import Counter
from functools import partial
from uuid import UUID, uuid4

import pytest
from psycopg import Connection
from psycopg.errors import DeadlockDetected

from chalicelib.catalog.restock import restock
from chalicelib.db.connection import Database
from chalicelib.db.reservations import Reservation
from chalicelib.errors import FlashSaleError, InsufficientStock
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from tests.factories import lapse_now, product, request, reserve
from tests.rivals import (
    DEADLINE_SECONDS,
    Rival,
    deadlocks,
    environments_at_once,
    lock_slots,
    notice_deadlocks_early,
    sweep_again_and_again,
)
from tests.soaking import Effort
from tests.waiting import eventually

SHOPPERS = 8
STEPS, STEPS_IN_AN_HOUR = 120, 8_000
WHO = [ANONYMOUS, uuid4(), uuid4()]  # several at once are the same shopper


def shop(own: Database, product_ids: list[UUID], steps: int, seed: int) -> Counter[str]:
    chance, seen = random.Random(seed), Counter[str]()
    shopper_id = WHO[seed % len(WHO)]
    for _ in range(steps):
        try:
            seen[step(own, chance, chance.choice(product_ids), shopper_id)] += 1
        except FlashSaleError as error:
            seen[type(error).__name__] += 1
    return seen


def step(own: Database, chance: random.Random, product_id: UUID, shopper_id: UUID) -> str:
    asked = request(product_id, chance.randint(1, 3), shopper_id=shopper_id, key=str(chance.random()))
    reservation = own.run(reserve, asked, hold_seconds=chance.choice([1, 60]), max_active_holds=20)
    ending = chance.choice([pay, give_back, message_comes, take_out, let_lapse, let_lapse])
    ending(own, reservation, shopper_id)
    return ending.__name__


def pay(own: Database, reservation: Reservation, shopper_id: UUID) -> None:
    own.run(complete, reservation.id, shopper_id)
    # As much is put on sale again, or the sale is soon over.
    own.run(restock, reservation.product_id, reservation.quantity, "an admin")


def take_out(own: Database, reservation: Reservation, shopper_id: UUID) -> None:
    own.run(cancel, reservation.id, shopper_id)
    try:
        own.run(restock, reservation.product_id, -reservation.quantity, "an admin")
    except InsufficientStock:  # the others were quicker
        return
    own.run(restock, reservation.product_id, reservation.quantity, "an admin")


def give_back(own: Database, reservation: Reservation, shopper_id: UUID) -> None:
    own.run(cancel, reservation.id, shopper_id)


def message_comes(own: Database, reservation: Reservation, _: UUID) -> None:
    own.run(lapse_now, reservation.id)
    own.run(expire, reservation.id)


def let_lapse(own: Database, reservation: Reservation, _: UUID) -> None:
    own.run(lapse_now, reservation.id)


@pytest.mark.soak("R3")
@pytest.mark.timeout(3_600)
def test_shoppers_messages_and_sweeps_together_make_no_deadlock(
    connection: Connection, database_url: str, effort: Effort
) -> None:
    steps = effort(STEPS, STEPS_IN_AN_HOUR)
    notice_deadlocks_early(connection)
    product_ids = [product(connection, slots=[6, 6]), product(connection, slots=[9])]
    shoppers = [partial(shop, product_ids=product_ids, steps=steps, seed=seed) for seed in range(SHOPPERS)]
    sweeps = [partial(sweep_again_and_again, times=steps // 2)] * 2
    outcomes = environments_at_once(database_url, [*shoppers, *sweeps])
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    seen = sum((outcome for outcome in outcomes if isinstance(outcome, Counter)), Counter[str]())
    assert {"pay", "give_back", "message_comes", "take_out", "let_lapse", "InsufficientStock"} <= seen.keys()
    assert deadlocks(connection) == 0
    effort.done(f"{seen.total()} stories of {SHOPPERS} shoppers, {2 * (steps // 2)} sweeps: 0 deadlocks")


def lock_two(connection: Connection, product_id: UUID, first: int, second: int) -> None:
    with connection.transaction():
        lock_slots(connection, product_id, [first])
        lock_slots(connection, product_id, [second])


def lock_in_opposite_orders(connection: Connection, rival: Rival, product_id: UUID) -> None:
    with connection.transaction():
        lock_slots(connection, product_id, [0])
        rival.start(partial(lock_two, product_id=product_id, first=1, second=0))
        lock_slots(connection, product_id, [1])
    rival.result()


def test_two_who_lock_slots_in_opposite_orders_are_counted(connection: Connection, database_url: str) -> None:
    notice_deadlocks_early(connection)
    product_id = product(connection, slots=[1, 1])
    with Rival(database_url) as rival, pytest.raises(DeadlockDetected):
        lock_in_opposite_orders(connection, rival, product_id)
    eventually(lambda: deadlocks(connection) == 1, within=DEADLINE_SECONDS)
