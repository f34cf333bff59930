"""Random stories: whatever happens in whatever order, the database does what the model says.

2,000 steps in `make test`, 50,000 in an hour of `make soak`.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db import products, reservations
from chalicelib.db.connection import Database
from chalicelib.db.reservations import Reservation
from chalicelib.errors import FlashSaleError
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from chalicelib.lifecycle.extend import extend
from chalicelib.lifecycle.pay import _answer as answer
from tests.database.model import HOLD_SECONDS, LIMIT, Hold, Model
from tests.factories import lapses_before_the_bound, product, request, reserve
from tests.paying import settle
from tests.soaking import Effort

TICK_SECONDS = 300  # a hold of 1,000 s, extended or not, never lapses within 100 s of a tick: real time plays no part
STEPS, STORIES, STORIES_IN_AN_HOUR = 20, 100, 2_500

BALANCED = """
    SELECT bool_and(stock.balanced AND (stock.total, stock.available, stock.held, stock.sold)
                    = (entries.total, entries.available, entries.held, entries.sold))
    FROM stock_balance AS stock JOIN journal_balance AS entries USING (product_id)
    WHERE product_id = ANY(%s)
"""


def pay(connection: Connection, hold: Hold) -> Reservation:
    """Settle a new payment for a reservation, without a provider."""
    reservation = reservations.find(connection, hold.id, hold.shopper_id)
    assert reservation is not None
    reference = str(uuid4())
    outcome, settled = settle(connection, reservation, reference)
    return answer(outcome, settled, reference)


class Stories(RuleBasedStateMachine):
    """Two products, in one slot and in three, and three shoppers: each step in the database and in the model."""

    holds = Bundle("holds")

    def __init__(self, connection: Connection, environment: Database, advance: Callable[[float], None]) -> None:
        super().__init__()
        self.connection, self.environment, self.advance = connection, environment, advance
        self.shoppers = [uuid4() for _ in range(3)]
        self.products = [product(connection, slots=slots) for slots in ([4], [2, 1, 2])]
        connection.execute("UPDATE products SET max_per_shopper = %s", [LIMIT])
        self.model = Model(dict(zip(self.products, (4, 5), strict=True)))

    def outcome(self, work: Callable[..., Any], *arguments: object, **policy: int) -> tuple[str, Any]:
        """Return "done" and what the work returned, or the name of what it raised and None."""
        try:
            return "done", self.environment.run(work, *arguments, **policy)
        except FlashSaleError as error:
            return type(error).__name__, None

    @rule(target=holds, which=st.integers(0, 1), who=st.integers(0, 2), quantity=st.integers(1, 3))
    def reserves(self, which: int, who: int, quantity: int) -> object:
        product_id, shopper_id = self.products[which], self.shoppers[who]
        asked = request(product_id, quantity, shopper_id=shopper_id)
        outcome, made = self.outcome(reserve, asked, hold_seconds=HOLD_SECONDS, max_extensions=1)
        assert outcome == (self.model.refusal(product_id, shopper_id, quantity) or "done")
        if made is None:
            return multiple()
        self.model.reserve(Hold(made.id, product_id, shopper_id, quantity, self.model.now + HOLD_SECONDS))
        return made.id

    @rule(times=st.integers(1, 4))
    def time_passes(self, times: int) -> None:
        self.advance(times * TICK_SECONDS)
        self.model.now += times * TICK_SECONDS

    @rule(hold_id=holds)
    def completes(self, hold_id: UUID) -> None:
        hold = self.model.holds[hold_id]
        outcome, _ = self.outcome(complete, hold_id, hold.shopper_id)
        assert outcome == self.model.end(hold, "COMPLETED")

    @rule(hold_id=holds)
    def cancels(self, hold_id: UUID) -> None:
        hold = self.model.holds[hold_id]
        outcome, _ = self.outcome(cancel, hold_id, hold.shopper_id)
        assert outcome == self.model.end(hold, "CANCELLED")

    @rule(hold_id=holds)
    def extends(self, hold_id: UUID) -> None:
        hold = self.model.holds[hold_id]
        outcome, _ = self.outcome(extend, hold_id, hold.shopper_id)
        assert outcome == self.model.extend(hold)

    @rule(target=holds, hold_id=holds)
    def pays(self, hold_id: UUID) -> object:
        hold = self.model.holds[hold_id]
        outcome, settled = self.outcome(pay, hold)
        expected = self.model.pay(hold)
        assert outcome == {"completed": "done", "replaced": "done"}.get(expected, expected)
        if expected != "replaced":
            return multiple()
        assert settled.replaces == hold_id
        bought = Hold(settled.id, hold.product_id, hold.shopper_id, hold.quantity, 0, "COMPLETED", paid=True)
        self.model.reserve(bought)
        return bought.id

    @rule(hold_id=holds)
    def a_message_comes(self, hold_id: UUID) -> None:
        is_running = self.model.status(self.model.holds[hold_id]) == "ACTIVE"
        _, seconds_left = self.outcome(expire, hold_id)
        assert (seconds_left is not None) == is_running

    @rule()
    def a_sweep_passes(self) -> None:
        sweep(self.environment)
        due = "SELECT FROM reservations WHERE status = 'ACTIVE' AND expires_at <= instant_now()"
        assert self.connection.execute(due).rowcount == 0

    @rule(which=st.integers(0, 1), units=st.sampled_from([-3, -1, 1, 2]))
    def an_admin_restocks(self, which: int, units: int) -> None:
        product_id = self.products[which]
        outcome, _ = self.outcome(restock, product_id, units, "ada")
        assert outcome == self.model.restock(product_id, units)

    @invariant()
    def everything_reads_as_the_model_has_it(self) -> None:
        for product_id in self.products:
            found = products.find(self.connection, product_id)
            assert found is not None
            expected = (self.model.totals[product_id], self.model.available(product_id))
            assert (found.total_stock, found.available_stock) == expected
        statuses = "SELECT id, status::text FROM reservation_now WHERE product_id = ANY(%s)"
        expected_statuses = {hold.id: self.model.status(hold) for hold in self.model.holds.values()}
        assert dict(self.connection.execute(statuses, [self.products]).fetchall()) == expected_statuses

    @invariant()
    def every_unit_is_in_one_place(self) -> None:
        assert self.connection.execute(BALANCED, [self.products]).fetchone() == (True,)
        assert lapses_before_the_bound(self.connection) == []


@pytest.mark.soak("R15")
@pytest.mark.timeout(3_600)
def test_the_database_does_what_the_model_says(
    connection: Connection, environment: Database, advance: Callable[[float], None], effort: Effort
) -> None:
    stories = effort(STORIES, STORIES_IN_AN_HOUR)
    run_state_machine_as_test(
        lambda: Stories(connection, environment, advance),
        settings=settings(
            max_examples=stories,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=[*HealthCheck],
        ),
    )
    effort.done(f"{stories} stories of {STEPS} steps")
