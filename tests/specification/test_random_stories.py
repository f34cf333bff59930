"""Random stories of a larger sale: whatever happens in whatever order, the database does what the model says.

2,000 steps here, 50,000 in a soak of an hour.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from psycopg import Connection

from chalicelib.db import products
from chalicelib.db.connection import Database
from chalicelib.jobs.sweep import sweep
from tests.factories import lapses_before_the_bound
from tests.soaking import Effort
from tests.specification.exploring import readable
from tests.specification.model import Action, Rules, State, step
from tests.specification.system import System

RULES = Rules(limit=3, holds_max=4, hold_ticks=4)
TICK_SECONDS = 30  # the time before its lapse in which a hold can be extended
HOLD_SECONDS = RULES.hold_ticks * TICK_SECONDS  # real time plays no part while a story takes less than a tick of it
STEPS = 20  # of a story
STORIES, STORIES_IN_AN_HOUR = 100, 2_500


class Stories(RuleBasedStateMachine):
    """Two products, in one slot and in three, and three shoppers: each step in the database and in the model."""

    holds = Bundle("holds")  # numbers of reservations
    entries = Bundle("entries")  # numbers of entries in the waiting lists

    def __init__(self, connection: Connection, environment: Database, advance: Callable[[float], None]) -> None:
        super().__init__()
        self.connection, self.environment, self.advance = connection, environment, advance
        self.system = System.of(connection, RULES, [[4], [2, 1, 2]], 3, HOLD_SECONDS)
        self.state = State(RULES, (4, 5), (4, 5))

    def act(self, *action: object) -> object:
        """Do something in both; return the number of the reservation that it made, if any."""
        known = len(self.state.holds)
        outcome = self.environment.run(self.system.act, action, str(uuid4()))
        expected = self.follow(action)
        assert readable(outcome) == readable(expected)
        return multiple(*range(known, len(self.state.holds)))

    def follow(self, action: Action) -> str:
        """Do something in the model; return its outcome."""
        outcome, self.state = step(self.state, action)
        return outcome

    @rule(target=holds, which=st.integers(0, 1), who=st.integers(0, 2), quantity=st.integers(1, 3))
    def reserves(self, which: int, who: int, quantity: int) -> object:
        return self.act("reserve", which, who, quantity)

    @rule(target=entries, which=st.integers(0, 1), who=st.integers(0, 2), quantity=st.integers(1, 3))
    def joins(self, which: int, who: int, quantity: int) -> object:
        known = len(self.state.waiters)
        # Slots are swept one after the other. If all wait for one unit, that makes no difference.
        self.act("join", which, who, quantity if which == 0 else 1)
        return multiple(*range(known, len(self.state.waiters)))

    @rule(entry=entries)
    def leaves(self, entry: int) -> None:
        self.act("leave", entry)

    @rule(times=st.integers(1, 4))
    def time_passes(self, times: int) -> None:
        for _ in range(times):
            self.advance(TICK_SECONDS)
            self.follow(("tick",))

    @rule(
        target=holds, number=holds, kind=st.sampled_from(["complete", "cancel", "release", "extend", "pay", "message"])
    )
    def something_comes_of_a_hold(self, number: int, kind: str) -> object:
        return self.act(kind, number)

    @rule(target=holds)
    def a_sweep_passes(self) -> object:
        known = len(self.state.holds)
        sweep(self.environment)
        self.system.add(self.connection, None)
        for which in sorted(range(2), key=self.system.products.__getitem__):
            self.follow(("sweep", which))
        # A hold of an earlier story may have lapsed by the real clock since the sweep.
        due = (
            "SELECT FROM reservations WHERE status = 'ACTIVE' AND expires_at <= instant_now() AND product_id = ANY(%s)"
        )
        assert self.connection.execute(due, [self.system.products]).rowcount == 0
        return multiple(*range(known, len(self.state.holds)))

    @rule(target=holds, which=st.integers(0, 1), units=st.sampled_from([-3, -1, 1, 2]))
    def an_admin_restocks(self, which: int, units: int) -> object:
        return self.act("restock", which, units)

    @invariant()
    def everything_reads_as_the_model_has_it(self) -> None:
        for which, product_id in enumerate(self.system.products):
            found = products.find(self.connection, product_id)
            assert found is not None
            expected = (self.state.totals[which], self.state.within_reach(which))
            assert (found.total_stock, found.available_stock) == expected
        statuses = "SELECT id, status::text FROM reservation_now WHERE product_id = ANY(%s)"
        found_statuses = dict(self.connection.execute(statuses, [self.system.products]).fetchall())
        assert [found_statuses[hold] for hold in self.system.holds] == [hold.reads for hold in self.state.holds]
        assert len(found_statuses) == len(self.state.holds)
        assert self.system.read(self.connection).waiters == self.state.waiters

    @invariant()
    def every_unit_is_in_one_place(self) -> None:
        assert self.system.is_balanced(self.connection)
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
