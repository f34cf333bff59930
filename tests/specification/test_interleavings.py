"""Every two transitions at the same time, at every point: what comes of them, one after the other gives too."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

import pytest
from psycopg import Connection

from tests.paying import assert_accounted_for
from tests.rivals import Rival, deadlocks
from tests.soaking import Effort
from tests.specification.interleaving import (
    AT_ITS_END,
    IN_LINE,
    LAPSES,
    LINES,
    POINTS,
    RELATIONS,
    TRANSITIONS,
    Case,
    Relation,
    Stage,
)

SHARE = 8  # of the pairs with a waiting list, `make test` plays every eighth at a point: other ones at each


@pytest.fixture
def stage(connection: Connection, database_url: str, advance: Callable[[float], None]) -> Iterator[Stage]:
    """Prepare two rivals; afterwards no deadlock has been and every payment is accounted for."""
    with Rival(database_url) as first, Rival(database_url) as second:
        yield Stage(connection, (first, second), advance)
    assert deadlocks(connection) == 0
    assert_accounted_for(connection)


@pytest.mark.soak("R19")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("point", [point for point in POINTS if point != "the list's lock"])
def test_any_two_transitions_end_as_one_after_the_other_would(
    stage: Stage, relation: str, point: str, effort: Effort
) -> None:
    turn = [*RELATIONS].index(relation) + POINTS.index(point)
    cases = list(chosen(RELATIONS[relation], TRANSITIONS, LAPSES, turn, every=effort.is_long))
    assert [wrong for case in cases if (wrong := stage.play(case, point))] == []
    assert stage.waits
    effort.done(f"{len(cases)} pairs, {stage.waits} waits: {relation}, {point}")


@pytest.mark.soak("R27")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("relation", LINES)
@pytest.mark.parametrize("point", POINTS)
def test_any_two_transitions_with_a_waiting_list_end_likewise(
    stage: Stage, relation: str, point: str, effort: Effort
) -> None:
    turn = [*LINES].index(relation) + POINTS.index(point)
    # An offer's hold begins after the last wait. So no tick may come while a transition waits.
    lapses = LAPSES[:3] if point in AT_ITS_END else LAPSES[:2]
    pairs = list(chosen(LINES[relation], TRANSITIONS | IN_LINE, lapses, turn, every=effort.is_long))
    cases = pairs if effort.is_long else pairs[turn % SHARE :: SHARE]
    assert [wrong for case in cases if (wrong := stage.play(case, point))] == []
    assert stage.waits
    effort.done(f"{len(cases)} pairs, {stage.waits} waits: {relation}, {point}")


def chosen(
    relation: Relation, transitions: Iterable[str], lapses: Sequence[str], turn: int, *, every: bool
) -> Iterator[Case]:
    """Return each pair of transitions, each with every instant of the lapse or with one.

    The instants take turns: each pair has each of them at some point, and each relation too.
    """
    names = list(transitions)
    for number, (first, second) in enumerate(product(names, names)):
        for lapse in lapses if every else [lapses[(number + number // len(names) + turn) % len(lapses)]]:
            yield Case(relation, first, second, lapse)
