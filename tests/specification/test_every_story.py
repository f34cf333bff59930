"""Every story of two small sales, explored completely in the model.

One has 2 products of 2 units, 3 shoppers, and 3 reservations or units restocked. The other has a waiting list: 1
product of 2 units, 3 shoppers, 2 reservations and 2 entries. Each kind of transition is replayed by the functions of a
real database, those of the waiting list with 1 entry; in a soak with 3, and with 2 in the lists of 2 products. Where
the hold alone decides, other units of the product make another kind in a soak only. `python -m tests.specification`
prints the numbers.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from psycopg import Connection

from tests.soaking import Effort
from tests.specification.exploring import Bounds, Explored, explore, first_of_each_rule
from tests.specification.model import again, step
from tests.specification.properties import unreachable
from tests.specification.replaying import Replay
from tests.specification.system import RULES, System

REPEATABLE = {"reserve", "complete", "cancel", "pay", "message", "sweep", "join", "leave"}

Advance = Callable[[float], None]
CHANGES, CHANGES_IN_AN_HOUR = 3, 4
ENTRIES, ENTRIES_IN_AN_HOUR = 1, 3
SALE, LINE = Bounds(changes=CHANGES), Bounds(products=1, changes=2, waiters=2)
TWO_LINES = LINE._replace(products=2)

explored = cache(lambda bounds: explore(bounds, RULES))
"""Explores the model; a property that does not hold fails here, with its story."""


@pytest.mark.parametrize("bounds", [SALE, LINE])
def test_in_every_state_exactly_the_free_units_can_be_reserved(bounds: Bounds) -> None:
    for node in explored(bounds).states.values():
        for product in range(bounds.products):
            assert unreachable(node.state, product) is None, node.story


@pytest.mark.parametrize("bounds", [SALE, LINE])
def test_asking_again_changes_nothing(bounds: Bounds) -> None:
    for node, action in explored(bounds).transitions.values():
        if action[0] in REPEATABLE:
            assert again(node.state, action)[1] == step(node.state, action)[1], [*node.story, action]


@pytest.mark.soak("R26")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("slots", [[2], [1, 1]])
def test_each_kind_of_transition_is_the_same_in_the_database(
    connection: Connection, advance: Advance, effort: Effort, slots: list[int]
) -> None:
    del advance  # it puts the database under a clock that a story can turn
    found = explored(SALE._replace(changes=effort(CHANGES, CHANGES_IN_AN_HOUR)))
    chosen = found.transitions if effort.is_long else first_of_each_rule(found.transitions)
    replayed(connection, replace(found, transitions=chosen), SALE, slots)
    effort.done(f"{len(found.states):,} states, {len(chosen):,} of {found.steps:,} transitions replayed")


@pytest.mark.soak("R27")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("slots", [[2], [1, 1]])
def test_each_kind_of_transition_with_a_waiting_list_is_the_same_in_the_database(
    connection: Connection, advance: Advance, effort: Effort, slots: list[int]
) -> None:
    del advance
    others, done = explored(SALE).transitions, []
    for bounds in lines(effort, slots):
        found = explored(bounds)
        new = {kind: first for kind, first in found.transitions.items() if kind not in others}
        chosen = new if effort.is_long else first_of_each_rule(new)
        replayed(connection, replace(found, transitions=chosen), bounds, slots)
        done.append(f"{len(found.states):,} states, {len(chosen):,} of {found.steps:,} transitions replayed")
    effort.done("; ".join(done))


def lines(effort: Effort, slots: list[int]) -> list[Bounds]:
    """Return the sales with waiting lists to replay. Slots are swept in turn: with one entry, that is all the same."""
    if len(slots) > 1:
        return [LINE._replace(waiters=1)]
    return [LINE._replace(waiters=effort(ENTRIES, ENTRIES_IN_AN_HOUR)), *[TWO_LINES] * effort(0, 1)]


def replayed(connection: Connection, found: Explored, bounds: Bounds, slots: list[int]) -> None:
    system = System.of(connection, RULES, [slots] * bounds.products, bounds.shoppers)
    replay = Replay(found, system, connection, is_one_slot=len(slots) == 1)
    replay.run()
    assert replay.replayed == len(found.transitions)
