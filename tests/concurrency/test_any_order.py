"""Anything in any order: reserving, paying, lapsing, and payments used again, by many at once."""

import random
from collections import Counter
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db.connection import Database
from chalicelib.errors import FlashSaleError
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from chalicelib.lifecycle.extend import extend
from chalicelib.lifecycle.release import release
from tests.factories import active, lapse_now, lapses_before_the_bound, let_nearly_lapse, product
from tests.paying import assert_accounted_for, pay_for, recorded
from tests.rivals import deadlocks, environments_at_once

SHOPPERS = 6
STEPS = 80


@dataclass(frozen=True)
class Passerby:
    """Someone who does anything to any of the holds, which all belong to nobody in particular."""

    environment: Database
    chance: random.Random
    product_ids: list[UUID]
    holds: list[UUID]

    def any_hold(self) -> UUID:
        """Choose among the latest, where others are busy too."""
        return self.chance.choice(self.holds[-8:])

    def reserve(self) -> None:
        """Make one more."""
        product_id = self.chance.choice(self.product_ids)
        self.holds.append(self.environment.run(active, product_id, self.chance.randint(1, 2), max_extensions=1).id)

    def pay(self) -> None:
        """Pay, not seldom with a payment that was used before."""
        pay_for(self.environment, self.any_hold(), f"payment-{self.chance.randrange(2 * len(self.holds))}")

    def complete(self) -> None:
        """Pay by the mock."""
        self.environment.run(complete, self.any_hold(), ANONYMOUS)

    def cancel(self) -> None:
        """Give back."""
        self.environment.run(cancel, self.any_hold(), ANONYMOUS)

    def restock(self) -> None:
        """Add a unit, so that the sale goes on when all are sold."""
        self.environment.run(restock, self.chance.choice(self.product_ids), 1, "ada")

    def release(self) -> None:
        """Be an admin."""
        self.environment.run(release, self.any_hold(), "ada")

    def extend(self) -> None:
        """Take more time."""
        hold = self.any_hold()
        self.environment.run(let_nearly_lapse, hold)
        self.environment.run(extend, hold, ANONYMOUS)

    def let_lapse(self) -> None:
        """Let the time run out."""
        self.environment.run(lapse_now, self.any_hold())

    def expire(self) -> None:
        """Deliver a message."""
        self.environment.run(expire, self.any_hold())

    def sweep(self) -> None:
        """Sweep once."""
        sweep(self.environment)


ACTS = [
    *([Passerby.reserve] * 5 + [Passerby.pay] * 6 + [Passerby.let_lapse] * 6 + [Passerby.restock] * 2),
    *(Passerby.complete, Passerby.cancel, Passerby.release, Passerby.extend, Passerby.expire, Passerby.sweep),
]


def pass_by(own: Database, product_ids: list[UUID], holds: list[UUID], seed: int) -> Counter[str]:
    """Do anything, again and again; count what was refused."""
    refused = Counter[str]()
    passerby = Passerby(own, random.Random(seed), product_ids, holds)
    for _ in range(STEPS):
        try:
            passerby.chance.choice(ACTS)(passerby)
        except FlashSaleError as error:
            refused[type(error).__name__] += 1
        assert own.run(lapses_before_the_bound) == []
    return refused


def test_whatever_happens_every_payment_is_accounted_for(connection: Connection, database_url: str) -> None:
    product_ids = [product(connection, slots=[6, 6]), product(connection, slots=[9])]
    holds = [active(connection, product_id).id for product_id in product_ids]
    works = [partial(pass_by, product_ids=product_ids, holds=holds, seed=seed) for seed in range(SHOPPERS)]
    outcomes = environments_at_once(database_url, works)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    refused = sum((outcome for outcome in outcomes if isinstance(outcome, Counter)), Counter[str]())
    assert {"PaymentUsed", "NotActive", "RefundRequired"} <= refused.keys()
    assert "Busy" not in refused
    assert {outcome for _, _, _, outcome, _ in recorded(connection)} == {"SETTLED", "REFUND_REQUIRED"}
    assert_accounted_for(connection)
    assert deadlocks(connection) == 0
