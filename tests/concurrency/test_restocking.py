"""Units come and go while shoppers reserve: nothing oversold, nothing lost, and the journal agrees."""

import random
from collections import Counter
from functools import partial
from uuid import UUID

from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db import journal, products
from chalicelib.db.connection import Database
from chalicelib.db.products import Product
from chalicelib.errors import InsufficientStock
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from tests.factories import available, lapsed, product, request, reserve
from tests.rivals import at_once, environments_at_once

SHOPPERS = 6
STEPS = 50
EACH = 15


def take_out(connection: Connection, product_id: UUID) -> Product:
    return restock(connection, product_id, -1, "ada")


def reserve_one(connection: Connection, product_id: UUID) -> object:
    return reserve(connection, request(product_id))


def kinds(outcomes: list[object]) -> Counter[str]:
    return Counter(type(outcome).__name__ for outcome in outcomes)


def test_shoppers_and_admins_at_once_take_as_many_units_as_there_are(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[2, 0, 4, 1])
    for _ in range(5):
        lapsed(connection, product_id)
    works = [partial(reserve_one, product_id=product_id), partial(take_out, product_id=product_id)] * 10
    seen = kinds(list(at_once(database_url, works)))
    assert seen["Reservation"] + seen["Product"] == 7
    assert seen["InsufficientStock"] == 13
    found = products.find(connection, product_id)
    assert found is not None
    assert (found.total_stock, found.available_stock) == (seen["Reservation"], 0)


def test_units_that_come_in_one_by_one_are_all_reserved(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 0)

    def put_in(own: Database) -> None:
        for _ in range(EACH):
            own.run(restock, product_id, 1, "ada")

    def take(own: Database) -> int:
        taken = 0
        while taken < EACH:
            try:
                own.run(reserve_one, product_id)
                taken += 1
            except InsufficientStock:
                continue
        return taken

    assert environments_at_once(database_url, [put_in, take] * 4) == [None, EACH] * 4
    assert available(connection, product_id) == 0


def shop(own: Database, product_id: UUID, seed: int) -> int:
    """Reserve, and keep a third; return how many units were kept."""
    chance, kept = random.Random(seed), 0
    for _ in range(STEPS):
        try:
            reservation = own.run(reserve, request(product_id, chance.randint(1, 4)))
        except InsufficientStock:
            continue
        if chance.random() < 2 / 3:
            own.run(cancel, reservation.id, ANONYMOUS)
        else:
            kept += reservation.quantity
    return kept


def restock_again_and_again(own: Database, product_id: UUID, seed: int) -> int:
    """Put units in and take units out; return how many more are there."""
    chance, added = random.Random(seed), 0
    for _ in range(STEPS):
        units = chance.choice([-40, -3, -1, 2, 5, 60])
        try:
            own.run(restock, product_id, units, "ada")
            added += units
        except InsufficientStock:
            continue
    return added


def test_every_unit_is_accounted_for_while_stock_and_its_slots_change(
    connection: Connection, database_url: str
) -> None:
    product_id = product(connection, 30)
    shoppers = [partial(shop, product_id=product_id, seed=seed) for seed in range(SHOPPERS)]
    admins = [partial(restock_again_and_again, product_id=product_id, seed=seed) for seed in range(2)]
    outcomes = environments_at_once(database_url, [*shoppers, *admins])
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    counted = [outcome for outcome in outcomes if isinstance(outcome, int)]
    kept, added = sum(counted[:SHOPPERS]), sum(counted[SHOPPERS:])
    (line,) = journal.audit(connection)
    assert (line.rows.total, line.rows.held, line.rows.available) == (30 + added, kept, 30 + added - kept)
    assert line.balanced
    assert line.journal_agrees
