"""Every two transitions at the same time, at every point: what comes of them, one after the other gives too."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from psycopg import Connection

from tests.rivals import Rival, deadlocks
from tests.soaking import Effort
from tests.specification.interleaving import GATES, LAPSES, RELATIONS, TRANSITIONS, Case, Stage

SHARE = 7  # outside of a soak every seventh case is played at the other points; 7 divides neither 4 nor 10


@pytest.fixture
def stage(connection: Connection, database_url: str, advance: Callable[[float], None]) -> Iterator[Stage]:
    """Prepare two rivals; afterwards there must have been no deadlock."""
    with Rival(database_url) as first, Rival(database_url) as second:
        yield Stage(connection, (first, second), advance)
    assert deadlocks(connection) == 0


@pytest.mark.soak("R26")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("point", ["commits", "rolls back", *GATES])
def test_any_two_transitions_end_as_one_after_the_other_would(
    stage: Stage, relation: str, point: str, effort: Effort
) -> None:
    cases = [Case(RELATIONS[relation], *names) for names in product(TRANSITIONS, TRANSITIONS, LAPSES)]
    if point != "commits" and not effort.is_long:
        cases = cases[::SHARE]
    assert [wrong for case in cases if (wrong := stage.play(case, point))] == []
    assert stage.waits
    effort.done(f"{len(cases)} interleavings of two transitions of {relation}; the second begins: {point}")
