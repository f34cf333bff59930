"""One lock order: everything at once on few products makes no deadlock."""

import random
from collections import Counter
from functools import partial
from uuid import UUID, uuid4

from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db.connection import Database
from chalicelib.db.reservations import Reservation
from chalicelib.errors import FlashSaleError, InsufficientStock
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from tests.factories import product, request, reserve
from tests.rivals import at_once

SHOPPERS = 8
STEPS = 120
WHO = [ANONYMOUS, uuid4(), uuid4()]  # several at once are the same shopper
SWEEPS = 60


def shop(connection: Connection, product_ids: list[UUID], seed: int) -> Counter[str]:
    chance, seen = random.Random(seed), Counter[str]()
    shopper_id = WHO[seed % len(WHO)]
    for _ in range(STEPS):
        try:
            seen[step(connection, chance, chance.choice(product_ids), shopper_id)] += 1
        except FlashSaleError as error:
            seen[type(error).__name__] += 1
    return seen


def step(connection: Connection, chance: random.Random, product_id: UUID, shopper_id: UUID) -> str:
    wanted = request(product_id, chance.randint(1, 3), shopper_id=shopper_id, key=str(chance.random()))
    reservation = reserve(connection, wanted, hold_seconds=chance.choice([1, 60]), max_active_holds=20)
    ending = chance.choice([pay, give_back, message_comes, take_out, let_lapse, let_lapse])
    ending(connection, reservation, shopper_id)
    return ending.__name__


def pay(connection: Connection, reservation: Reservation, shopper_id: UUID) -> None:
    complete(connection, reservation.id, shopper_id)
    # As much is put on sale again, or the sale is soon over.
    restock(connection, reservation.product_id, reservation.quantity, "an admin")


def take_out(connection: Connection, reservation: Reservation, shopper_id: UUID) -> None:
    cancel(connection, reservation.id, shopper_id)
    try:
        restock(connection, reservation.product_id, -reservation.quantity, "an admin")
    except InsufficientStock:  # the others were quicker
        return
    restock(connection, reservation.product_id, reservation.quantity, "an admin")


def give_back(connection: Connection, reservation: Reservation, shopper_id: UUID) -> None:
    cancel(connection, reservation.id, shopper_id)


def message_comes(connection: Connection, reservation: Reservation, _: UUID) -> None:
    expire(connection, reservation.id)


def let_lapse(connection: Connection, reservation: Reservation, _: UUID) -> None:
    connection.execute(
        "UPDATE reservations SET expires_at = greatest(instant_now(), created_at + interval '1 ms')"
        " WHERE id = %s AND status = 'ACTIVE'",
        [reservation.id],
    )


def sweep_again_and_again(_: Connection, url: str) -> None:
    own = Database(url)
    for _ in range(SWEEPS):
        sweep(own)
    own.close()


def test_shoppers_messages_and_sweeps_together_make_no_deadlock(connection: Connection, database_url: str) -> None:
    product_ids = [product(connection, slots=[6, 6]), product(connection, slots=[9])]
    shoppers = [partial(shop, product_ids=product_ids, seed=seed) for seed in range(SHOPPERS)]
    sweeps = [partial(sweep_again_and_again, url=database_url)] * 2
    outcomes = at_once(database_url, [*shoppers, *sweeps])
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    seen = sum((outcome for outcome in outcomes if isinstance(outcome, Counter)), Counter[str]())
    assert {"pay", "give_back", "message_comes", "take_out", "let_lapse", "InsufficientStock"} <= seen.keys()
    assert connection.execute(
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    ).fetchone() == (0,)
