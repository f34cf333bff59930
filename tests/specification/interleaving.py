"""Two transitions at the same time, the second begun at an exact point of the first, and what the model allows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any
from uuid import uuid4

from psycopg import Connection

from tests.rivals import Rival, lock_hold, lock_shopper, lock_slots, lock_waiting_list
from tests.specification.exploring import readable, reading
from tests.specification.model import Action, State, step
from tests.specification.properties import faults
from tests.specification.system import RULES, System

TICK: Action = ("tick",)
TICK_SECONDS = 30  # the time before its lapse in which a hold can be extended
TICKS = 4  # of a hold


@dataclass(frozen=True)
class Party:
    """Who takes part: the reservation that a transition is about, its product, the shopper of a new one, an entry."""

    hold: int
    product: int
    shopper: int
    entry: int = 0


@dataclass(frozen=True)
class Relation:
    """What two transitions have in common: how the sale came to it, and the two parties."""

    story: list[Action]
    first: Party
    second: Party
    slots: tuple[int, ...] = (2,)  # of each product's 2 units


RELATIONS = {
    "one reservation": Relation([("reserve", 0, 0, 1)], Party(0, 0, 1), Party(0, 0, 2)),
    "one product": Relation([("reserve", 0, 0, 1), ("reserve", 0, 1, 1)], Party(0, 0, 2), Party(1, 0, 2)),
    "one shopper": Relation([("reserve", 0, 0, 1), ("reserve", 1, 0, 1)], Party(0, 0, 0), Party(1, 1, 0)),
    "one shopper and product": Relation([("reserve", 0, 0, 1), ("reserve", 0, 0, 1)], Party(0, 0, 0), Party(1, 0, 0)),
}
SOLD_OUT: list[Action] = [("reserve", 0, 0, 1), ("reserve", 0, 1, 1)]
LINES = {  # relations with a waiting list
    "two who wait": Relation([*SOLD_OUT, ("join", 0, 2, 1), ("join", 0, 3, 1)], Party(0, 0, 2), Party(1, 0, 4, 1)),
    "one who waits": Relation([*SOLD_OUT, ("join", 0, 2, 1)], Party(0, 0, 3), Party(1, 0, 2)),
    "a unit too few": Relation(  # for the one who waits; it is in stock, in a slot of its own
        [*SOLD_OUT, ("join", 0, 2, 2), ("cancel", 0)], Party(1, 0, 3), Party(1, 0, 4), slots=(1, 1)
    ),
    "an offer, and who waits behind": Relation(
        [*SOLD_OUT, ("join", 0, 2, 1), ("join", 0, 3, 1), ("cancel", 0)], Party(2, 0, 2), Party(2, 0, 3, 1)
    ),
    "one shopper who waits": Relation(  # with as many holds and places in line as one may have
        [*SOLD_OUT, ("join", 0, 2, 1), ("reserve", 1, 2, 1)], Party(0, 0, 2), Party(2, 1, 2)
    ),
}
TRANSITIONS: dict[str, Callable[[Party], Action]] = {
    "reserve": lambda party: ("reserve", party.product, party.shopper, 1),
    "reclaim": lambda party: ("reserve", party.product, party.shopper, 2),
    "complete": lambda party: ("complete", party.hold),
    "pay": lambda party: ("pay", party.hold),
    "extend": lambda party: ("extend", party.hold),
    "cancel": lambda party: ("cancel", party.hold),
    "release": lambda party: ("release", party.hold),
    "message": lambda party: ("message", party.hold),
    "sweep": lambda party: ("sweep", party.product),
    "restock": lambda party: ("restock", party.product, 1),
    "take out": lambda party: ("restock", party.product, -1),
}
IN_LINE: dict[str, Callable[[Party], Action]] = {
    "join": lambda party: ("join", party.product, party.shopper, 1),
    "leave": lambda party: ("leave", party.entry),
}
LAPSES = ("never", "before both", "between them", "after both began")
GATES: dict[str, Callable[[Connection, System, Party], None]] = {
    "the shopper's lock": lambda own, system, party: lock_shopper(own, system.shoppers[party.shopper]),
    "the reservation's lock": lambda own, system, party: lock_hold(own, system.holds[party.hold]),
    "the stock's lock": lambda own, system, party: lock_slots(own, system.products[party.product]),
    "the list's lock": lambda own, system, party: lock_waiting_list(own, system.products[party.product]),
}
AT_ITS_END = ("commits", "rolls back")  # with all of its locks
POINTS = (*AT_ITS_END, *GATES)


@dataclass(frozen=True)
class Case:
    """Two transitions, what they have in common, and when the holds lapse."""

    relation: Relation
    first: str
    second: str
    lapse: str

    @property
    def actions(self) -> tuple[Action, Action]:
        """The two transitions as the model's actions."""
        known = TRANSITIONS | IN_LINE
        return known[self.first](self.relation.first), known[self.second](self.relation.second)


class Stage:
    """A database, the test's own connection, two rivals and the clock."""

    def __init__(self, connection: Connection, rivals: tuple[Rival, Rival], advance: Callable[[float], None]) -> None:
        self._connection, self._rivals, self._advance = connection, rivals, advance
        connection.prepare_threshold = 1  # the same statements thousands of times
        self.waits = 0

    def play(self, case: Case, point: str) -> str | None:
        """Begin the second transition at a point of the first. Return what is wrong with what came of it."""
        rules = RULES._replace(hold_ticks=TICKS)
        slots = [[*case.relation.slots]] * 2
        system = System.of(self._connection, rules, slots, 5, hold_seconds=TICKS * TICK_SECONDS)
        for number, action in enumerate(case.relation.story):
            system.act(self._connection, action, str(number))
            self._advance(1)
        self._advance((TICKS - 1) * TICK_SECONDS)  # into the last tick of these holds
        self._let_lapse(case, "before both")
        start = system.read(self._connection)
        play = self._at_its_end if point in AT_ITS_END else self._at_a_gate
        results = play(system, case, point)
        for _, made in results:
            system.add(self._connection, made)
        outcomes = [readable(outcome) for outcome, _ in results]
        wrong = self._judged(case, start, system.read(self._connection), outcomes)
        if wrong and "sweep" in (case.first, case.second):
            # A sweep passes over a locked hold. The next pass expires it, and serves who waits.
            then = ("sweep", case.relation.first.product)
            system.act(self._connection, then, str(uuid4()))
            wrong = self._judged(case, start, system.read(self._connection), outcomes, then)
        return wrong

    def _at_its_end(self, system: System, case: Case, point: str) -> list[Any]:
        """The first has done everything, and holds all of its locks."""
        first, second = case.actions
        with self._connection.transaction(force_rollback=point == "rolls back"):
            result = system.attempt(self._connection, first, str(uuid4()))
            self._let_lapse(case, "between them")
            self.waits += self._rivals[1].begin(lambda own: system.attempt(own, second, str(uuid4())))
            self._let_lapse(case, "after both began")
        return [*([result] if point == "commits" else []), self._rivals[1].result()]

    def _at_a_gate(self, system: System, case: Case, point: str) -> list[Any]:
        """The first waits for a lock, and has those that it takes before."""
        first, second = case.actions
        with self._connection.transaction():
            GATES[point](self._connection, system, case.relation.first)
            self.waits += self._rivals[0].begin(lambda own: system.attempt(own, first, str(uuid4())))
            self._let_lapse(case, "between them")
            self._rivals[1].begin(lambda own: system.attempt(own, second, str(uuid4())))
            self._let_lapse(case, "after both began")
        return [rival.result() for rival in self._rivals]

    def _let_lapse(self, case: Case, lapse: str) -> None:
        if case.lapse == lapse:
            self._advance(TICK_SECONDS)

    def _judged(self, case: Case, start: State, after: State, outcomes: list[str], *then: Action) -> str | None:
        found = (outcomes, reading(after))
        allowed = [*serial(start, case, len(outcomes), *then)]
        if found in allowed and not faults(after, after):
            return None
        return f"{case}: {outcomes}, {after}, but only {allowed}"


def serial(start: State, case: Case, count: int, *then: Action) -> Iterator[Any]:
    """Yield what each serial order gives: of both transitions, or only of the second if the first was rolled back.

    What comes `then` comes after both. If the clock is turned between them, the first has read it before: a hold that
    it makes is as old as that, even if the second has not seen it.
    """
    events = [*enumerate(case.actions)][-count:]
    ticks = [(-1, TICK)] if case.lapse in ("between them", "after both began") else []
    last = [(2, action) for action in then]
    for order in permutations([*events, *ticks]):
        if case.lapse != "between them":
            yield _after(start, [*order, *last], count)
        elif _is_after(order):
            yield from (_after(start, [*order, *last], count, age=age) for age in (0, 1))


def _is_after(order: Any) -> bool:
    """Return whether the second transition comes after the tick."""
    numbers = [number for number, _ in order]
    return numbers.index(1) > numbers.index(-1)


def _after(state: State, order: Any, count: int, age: int = 0) -> Any:
    """Return what an order gives. A hold that the first makes is so many ticks old, unless it comes before all else."""
    outcomes = {}
    for place, (number, action) in enumerate(order):
        known = len(state.holds)
        outcomes[number], state = step(state, action)
        if number == 0 and place > 0:
            new = [hold._replace(left=hold.left - age) for hold in state.holds[known:]]
            state = state._replace(holds=(*state.holds[:known], *new))
    return [readable(outcomes[number]) for number in (0, 1)[-count:]], reading(state)
