"""Every story of a small sale: 2 products of 2 units, 3 shoppers, 3 reservations or units restocked.

The model is explored completely; each kind of transition is replayed by the functions of a real database.
`python -m tests.specification` prints the numbers.
"""

from collections.abc import Callable

import pytest
from psycopg import Connection

from tests.specification.exploring import Bounds, Explored, explore
from tests.specification.model import again, step
from tests.specification.properties import unreachable
from tests.specification.replaying import Replay
from tests.specification.system import RULES, System

REPEATABLE = {"reserve", "complete", "cancel", "pay", "message", "sweep"}

Advance = Callable[[float], None]


@pytest.fixture(scope="module")
def explored() -> Explored:
    """Explore the model; a property that does not hold fails here, with its story."""
    return explore(Bounds(), RULES)


def test_in_every_state_exactly_the_free_units_can_be_reserved(explored: Explored) -> None:
    for node in explored.states.values():
        for product in range(2):
            assert unreachable(node.state, product) is None, node.story


def test_asking_again_changes_nothing(explored: Explored) -> None:
    for node, action in explored.transitions.values():
        if action[0] in REPEATABLE:
            assert again(node.state, action)[1] == step(node.state, action)[1], [*node.story, action]


@pytest.mark.timeout(3_600)  # for the long form
@pytest.mark.parametrize("slots", [[2], [1, 1]])
def test_each_kind_of_transition_is_the_same_in_the_database(
    explored: Explored, connection: Connection, advance: Advance, slots: list[int]
) -> None:
    del advance
    system = System.of(connection, RULES, [slots] * 2, 3)
    replay = Replay(explored, system, connection, is_one_slot=len(slots) == 1)
    replay.run()
    assert replay.replayed == len(explored.transitions)
