"""The version before goes on while this one is deployed: both use one schema, and every unit is accounted for."""

import random
from collections import Counter
from functools import partial
from uuid import UUID, uuid4

from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db.connection import Database
from chalicelib.errors import FlashSaleError
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from tests.database import version_before
from tests.factories import active, available, let_lapse, product, request, reserve, status
from tests.rivals import Rival, deadlocks, environments_at_once

STEPS = 40


def before(own: Database, product_id: UUID, seed: int) -> Counter[str]:
    """Reserve, end and restock with the statements of the version before."""
    chance, seen = random.Random(seed), Counter[str]()
    for _ in range(STEPS):
        hold = own.run(version_before.hold, product_id, uuid4(), chance.randint(1, 3))
        if hold is None or chance.random() < 0.1:
            own.run(version_before.restock, product_id, 5)
            continue
        ending = chance.choice([version_before.complete, version_before.cancel, version_before.expire])
        seen[ending.__name__] += own.run(ending, hold)
    return seen


def now(own: Database, product_id: UUID, seed: int) -> Counter[str]:
    """Reserve, end, restock and sweep with this version."""
    chance, seen = random.Random(seed), Counter[str]()
    for _ in range(STEPS):
        try:
            hold = own.run(reserve, request(product_id, chance.randint(1, 5)))
            if chance.random() < 0.3:
                own.run(let_lapse, hold.id)
                sweep(own)
            else:
                own.run(chance.choice([complete, cancel]), hold.id, ANONYMOUS)
            own.run(restock, product_id, chance.choice([-1, 1, 3]), "ada")
            seen["done"] += 1
        except FlashSaleError as error:
            seen[type(error).__name__] += 1
    return seen


def test_both_versions_at_once_lose_no_unit_and_make_no_deadlock(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[10, 10, 10])
    works = [partial(work, product_id=product_id, seed=seed) for seed in range(3) for work in (before, now)]
    outcomes = environments_at_once(database_url, works)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    seen = sum((outcome for outcome in outcomes if isinstance(outcome, Counter)), Counter[str]())
    assert seen.keys() <= {"complete", "cancel", "expire", "done", "InsufficientStock"}
    assert min(seen["complete"], seen["cancel"], seen["done"]) > 0
    assert deadlocks(connection) == 0


def test_a_hold_of_either_version_is_ended_by_the_other(connection: Connection) -> None:
    product_id = product(connection, 6)
    for ending in (version_before.complete, version_before.cancel):
        assert ending(connection, active(connection, product_id, 2).id)
    for ending in (complete, cancel):
        hold = version_before.hold(connection, product_id, ANONYMOUS, 2)
        assert hold is not None
        ending(connection, hold, ANONYMOUS)
    assert available(connection, product_id) == 2


def test_the_sweep_expires_holds_of_the_version_before(connection: Connection, environment: Database) -> None:
    """Whatever the slot's first lapse says: that version does not keep it."""
    product_id = product(connection, slots=[3])
    hold = version_before.hold(connection, product_id, ANONYMOUS, 3, hold_seconds=0.001)
    assert hold is not None
    assert sweep(environment) == 1
    assert (status(connection, hold), available(connection, product_id)) == (("EXPIRED", "sweep"), 3)


def test_a_reserve_waits_for_a_restock_of_the_version_before(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[1])
    with Rival(database_url) as shopper:
        with connection.transaction():
            version_before.restock(connection, product_id, 99)
            shopper.start(lambda own: reserve(own, request(product_id)))
        assert shopper.result().quantity == 1
    assert available(connection, product_id) == 99
    assert len([reserve(connection, request(product_id, 33)) for _ in range(3)]) == 3
