"""Every two transitions at the same time, at every point: what comes of them, one after the other gives too."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from psycopg import Connection

from tests.rivals import Rival, deadlocks
from tests.specification.interleaving import GATES, LAPSES, RELATIONS, TRANSITIONS, Case, Stage


@pytest.fixture
def stage(connection: Connection, database_url: str, advance: Callable[[float], None]) -> Iterator[Stage]:
    """Prepare two rivals; afterwards there must have been no deadlock."""
    with Rival(database_url) as first, Rival(database_url) as second:
        yield Stage(connection, (first, second), advance)
    assert deadlocks(connection) == 0


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("point", ["commits", "rolls back", *GATES])
def test_any_two_transitions_end_as_one_after_the_other_would(stage: Stage, relation: str, point: str) -> None:
    cases = [Case(RELATIONS[relation], *names) for names in product(TRANSITIONS, TRANSITIONS, LAPSES)]
    assert [wrong for case in cases if (wrong := stage.play(case, point))] == []
    assert stage.waits
