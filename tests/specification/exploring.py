"""Every state that the model can reach within bounds, and every kind of transition, each by a shortest story.

States that differ only in the names of shoppers and products are one state. So are states whose difference nothing can
tell: how long ago a hold ended or lapsed, beyond its order among the lapsed ones.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations
from typing import Any, NamedTuple

from tests.specification.model import Action, Hold, Rules, State, Waiter, step
from tests.specification.properties import faults

Step = Callable[[State, Action], tuple[str, State]]
Canonical = tuple[Any, ...]
Kind = tuple[Any, ...]
DECIDED_BY_THE_HOLD = {"complete", "extend", "NotActive", "ReservationExpired", "running", "ended"}  # actions, outcomes


class Bounds(NamedTuple):
    """How far to explore. Products have `units` units; a reservation has one unit or two."""

    products: int = 2
    units: int = 2
    shoppers: int = 3
    changes: int = 3  # reservations made, by late payments too, and units by which the totals differ from the beginning
    waiters: int = 0  # entries in the waiting lists, those that have ended included

    def include(self, state: State) -> bool:
        """Return whether a state is within the bounds."""
        changes = len(state.holds) + sum(abs(total - self.units) for total in state.totals)
        return changes <= self.changes and len(state.waiters) <= self.waiters


class Node(NamedTuple):
    """A state, and the last step of a shortest story that leads to it."""

    state: State
    before: "Node | None" = None
    action: Action = ()

    @property
    def story(self) -> list[Action]:
        """The actions that lead here."""
        return [*self.before.story, self.action] if self.before else []


class Violation(AssertionError):
    """A shortest story ends as it must not."""

    def __init__(self, what: str, story: list[Action]) -> None:
        steps = (f"  {number}. {kind}{tuple(rest)}" for number, (kind, *rest) in enumerate(story, start=1))
        super().__init__("\n".join([f"{what} The shortest story:", *steps]))
        self.story = story


@dataclass
class Explored:
    """What was found."""

    states: dict[Canonical, Node] = field(default_factory=dict)
    transitions: dict[Kind, tuple[Node, Action]] = field(default_factory=dict)  # the first of each kind
    steps: int = 0  # of all states


def explore(bounds: Bounds, rules: Rules, step: Step = step) -> Explored:
    """Explore breadth-first, so that each story is a shortest one. Raises Violation."""
    units = (bounds.units,) * bounds.products
    frontier = [Node(State(rules, units, units))]
    found = Explored({canonical(frontier[0].state): frontier[0]})
    while frontier:
        frontier = [after for node in frontier for after in _discovered(found, node, bounds, step)]
    return found


def _discovered(found: Explored, node: Node, bounds: Bounds, step: Step) -> Iterator[Node]:
    """Take every action in a state; yield the states that are new."""
    state = node.state
    for action in actions(state, bounds):
        outcome, after = step(state, action)
        if after is not state and not bounds.include(after):
            continue
        found.steps += 1
        found.transitions.setdefault(kind(state, action, outcome), (node, action))
        if after is state:
            continue
        if broken := faults(state, after):
            raise Violation(" ".join(broken), [*node.story, action])
        if (name := canonical(after)) not in found.states:
            found.states[name] = Node(after, node, action)
            yield found.states[name]


def actions(state: State, bounds: Bounds) -> Iterator[Action]:
    """Yield every action that may come next. Of shoppers who have done nothing yet, one stands for all."""
    known = len({it.shopper for it in (*state.holds, *state.waiters)})
    for product in range(bounds.products):
        for shopper in range(min(known + 1, bounds.shoppers)):
            yield from (("reserve", product, shopper, quantity) for quantity in (1, 2))
            if bounds.waiters:
                yield from (("join", product, shopper, quantity) for quantity in (1, 2))
    yield from (("leave", number) for number in range(len(state.waiters)))
    for number in range(len(state.holds)):
        yield from ((name, number) for name in ("complete", "cancel", "extend", "pay", "message"))
    for product in range(bounds.products):
        yield "sweep", product
        yield from (("restock", product, units) for units in (-1, 1))
    yield ("tick",)


@cache
def seen(hold: Hold) -> tuple[int | str, ...]:
    """Return what can be told of a hold, besides its product and shopper."""
    has_lapsed = hold.left <= 0
    if hold.status != "ACTIVE":
        return hold.status, has_lapsed, hold.paid and hold.status == "EXPIRED", hold.released, hold.quantity
    if has_lapsed:
        return "LAPSED", True, hold.paid, False, hold.quantity
    return "RUNNING", hold.left, hold.extended, hold.quantity


def reading(state: State) -> Canonical:
    """Return what can be read of a state, whichever was made first, and whoever has expired what by now."""
    units = [(total, state.within_reach(product)) for product, total in enumerate(state.totals)]
    holds = sorted((hold.product, hold.shopper, hold.reads, seen(hold)[1:]) for hold in state.holds)
    return units, holds, [waiter._replace(offer=None) for waiter in state.waiters]


def readable(outcome: str) -> str:
    """Return an outcome without how many holds, or whether this one, others have left to be expired."""
    return "swept" if outcome.endswith("swept") else {"expired": "ended"}.get(outcome, outcome)


def canonical(state: State) -> Canonical:
    """Return the same for states that differ in nothing that matters."""
    parts = []
    for product, units in enumerate(zip(state.totals, state.available, strict=True)):
        active = sorted(
            (hold for hold in state.holds if hold.product == product and hold.status == "ACTIVE"),
            key=lambda hold: hold.left,
        )
        ended = (hold for hold in state.holds if hold.product == product and hold.status != "ACTIVE")
        over = (it for it in state.waiters if it.product == product and it.status != "WAITING")
        in_order = [*((seen(hold), hold.shopper) for hold in active), *_line(state, product)]
        in_any_order = [
            *((seen(hold), hold.shopper) for hold in ended),
            *((_entry(state, waiter), waiter.shopper) for waiter in over),
        ]
        parts.append((units, tuple(in_order), tuple(sorted(in_any_order))))
    return _least(tuple(parts))


def _line(state: State, product: int) -> list[tuple[Any, int]]:
    """Return what can be told of those who wait for a product, and who they are."""
    line = (state.waiters[number] for number in state.waiting(product))
    return [((waiter.status, waiter.quantity), waiter.shopper) for waiter in line]


def _entry(state: State, waiter: Waiter) -> Canonical:
    """Return what can be told of an entry: its shopper does not join again while the offer runs."""
    offer = state.running_offer(waiter)
    return waiter.status, waiter.quantity, seen(offer) if offer else ()


@cache
def _least(parts: Canonical) -> Canonical:
    """Return the least of the names that a state has under other names of products and shoppers."""
    shoppers = 1 + max((shopper for part in parts for rows in part[1:] for _, shopper in rows), default=0)
    return min(
        tuple(
            (units, tuple((it, new[who]) for it, who in open_), tuple(sorted((it, new[who]) for it, who in ended)))
            for units, open_, ended in ordered
        )
        for ordered in permutations(parts)
        for new in permutations(range(shoppers))
    )


def kind(state: State, action: Action, outcome: str) -> Kind:
    """Return what a transition depends on: transitions of one kind are distinct in nothing that its rule reads.

    That is the action, the reservation or entry that it is about, the product's units, its lapsed holds and who waits
    in their order, and of a reserve, a join and a payment what the shopper has.
    """
    match action:
        case ["reserve", product, shopper, quantity]:
            details = quantity, state.has(shopper, product), state.running(shopper)
        case ["join", product, shopper, quantity]:
            mine = state.open_entry(shopper, product)
            details = quantity, state.has(shopper, product), state.running(shopper), mine and mine[2:4]
        case ["leave", number]:
            return action[0], outcome, state.waiters[number].status
        case [_, product, *arguments] if action[0] in ("sweep", "restock"):
            details = tuple(arguments)
        case [_, number]:
            about = state.holds[number]
            product, details = about.product, (seen(about), *(it == number for it in state.lapsed(about.product)))
            if action[0] == "pay":
                details += (state.has(about.shopper, product),)
        case _:
            return action
    lapsed = tuple(state.holds[it].quantity for it in state.lapsed(product))
    is_for_waiters = action[0] not in ("complete", "extend")  # these give nothing back
    waiting = tuple(state.waiters[it].quantity for it in state.waiting(product) if is_for_waiters)
    return action[0], outcome, details, state.totals[product], state.available[product], lapsed, waiting


def first_of_each_rule(transitions: dict[Kind, tuple[Node, Action]]) -> dict[Kind, tuple[Node, Action]]:
    """Return one transition of those kinds that differ only in a product's units, where the hold alone decides."""
    found: dict[Kind, tuple[Node, Action]] = {}
    for name, transition in transitions.items():
        found.setdefault((*name[:3], *name[5:]) if DECIDED_BY_THE_HOLD & {*name[:2]} else name, transition)
    return found
