"""The executable specification: what every request, message, sweep, restock and tick of the clock must lead to.

A state has what the rows of the database have, but no slots and no locks. An action is a tuple: its kind and its
arguments. `STEPS` has the kinds. `step` gives the outcome of an action and the next state.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

Action = tuple[Any, ...]


class Rules(NamedTuple):
    """The limits that apply to each shopper, and how long a hold runs."""

    limit: int  # units of one product
    holds_max: int  # running holds of all products
    hold_ticks: int = 1


class Hold(NamedTuple):
    """A reservation. Shoppers and products are numbers."""

    product: int
    shopper: int
    quantity: int
    left: int  # ticks until the lapse; 0 or less if it has lapsed
    status: str = "ACTIVE"  # as in its row: a lapsed hold stays ACTIVE until something expires it
    extended: bool = False
    paid: bool = False  # a payment for it completed it, or its replacement
    released: bool = False  # CANCELLED by an admin
    replaces: int | None = None  # the lapsed reservation that a late payment was for

    @property
    def reads(self) -> str:
        """How a shopper sees it: a lapsed hold is over."""
        return "EXPIRED" if self.status == "ACTIVE" and self.left <= 0 else self.status


class State(NamedTuple):
    """All products and reservations."""

    rules: Rules
    totals: tuple[int, ...]
    available: tuple[int, ...]  # as stored: without the units of lapsed holds
    holds: tuple[Hold, ...] = ()  # a reservation's number is its place here

    def lapsed(self, product: int) -> list[int]:
        """Return the lapsed holds of a product that nothing has expired yet, the oldest lapse first."""
        due = [(hold.left, n) for n, hold in enumerate(self.holds) if hold.product == product and _is_lapsed(hold)]
        return [n for _, n in sorted(due)]

    def within_reach(self, product: int) -> int:
        """Return the units that can be had now."""
        return self.available[product] + sum(self.holds[n].quantity for n in self.lapsed(product))

    def has(self, shopper: int, product: int) -> int:
        """Return the units of a product that a shopper holds or has bought."""
        kept = (hold for hold in self.holds if (hold.shopper, hold.product) == (shopper, product))
        return sum(hold.quantity for hold in kept if hold.reads in ("ACTIVE", "COMPLETED"))

    def running(self, shopper: int) -> int:
        """Return how many holds of a shopper are running."""
        return sum(hold.shopper == shopper and hold.reads == "ACTIVE" for hold in self.holds)


def _is_lapsed(hold: Hold) -> bool:
    return hold.status == "ACTIVE" and hold.left <= 0


def changed(state: State, number: int, **changes: Any) -> State:
    holds = list(state.holds)
    holds[number] = holds[number]._replace(**changes)
    return state._replace(holds=tuple(holds))


def plus(counts: tuple[int, ...], product: int, units: int) -> tuple[int, ...]:
    return (*counts[:product], counts[product] + units, *counts[product + 1 :])


def give_back(state: State, number: int, status: str) -> State:
    hold = state.holds[number]
    available = plus(state.available, hold.product, hold.quantity)
    return changed(state, number, status=status)._replace(available=available)


def _expire_all(state: State, numbers: Iterable[int]) -> State:
    for number in numbers:
        state = give_back(state, number, "EXPIRED")
    return state


def _take(state: State, product: int, units: int) -> State | None:
    """Take units out of stock, in the place of lapsed holds if need be; None if too few are within reach."""
    if state.within_reach(product) < units:
        return None
    if state.available[product] < units:
        lapsed = state.lapsed(product)
        large = [number for number in lapsed if state.holds[number].quantity >= units]
        state = _expire_all(state, large[:1] or lapsed[:units])
    return state._replace(available=plus(state.available, product, -units))


def reserve(state: State, product: int, shopper: int, quantity: int) -> tuple[str, State]:
    """Hold units for a shopper."""
    if state.has(shopper, product) + quantity > state.rules.limit:
        return "LimitExceeded", state
    if state.running(shopper) >= state.rules.holds_max:
        return "TooManyHolds", state
    if (taken := _take(state, product, quantity)) is None:
        return "InsufficientStock", state
    made = Hold(product, shopper, quantity, state.rules.hold_ticks)
    return "done", taken._replace(holds=(*taken.holds, made))


def complete(state: State, number: int) -> tuple[str, State]:
    """Sell the units of a running hold."""
    return _ended(state, number, "COMPLETED", lambda: changed(state, number, status="COMPLETED"))


def cancel(state: State, number: int) -> tuple[str, State]:
    """Give the units of a running hold back."""
    return _ended(state, number, "CANCELLED", lambda: give_back(state, number, "CANCELLED"))


def release(state: State, number: int) -> tuple[str, State]:
    """Let an admin give the units of a running hold back."""
    hold = state.holds[number]
    if hold.released:
        return "done", state
    if hold.reads != "ACTIVE":
        return "ReservationExpired" if hold.reads == "EXPIRED" else "NotActive", state
    return "done", changed(give_back(state, number, "CANCELLED"), number, released=True)


def _ended(state: State, number: int, status: str, end: Callable[[], State]) -> tuple[str, State]:
    reads = state.holds[number].reads
    if reads == "ACTIVE":
        return "done", end()
    return {"EXPIRED": "ReservationExpired", status: "done"}.get(reads, "NotActive"), state


def extend(state: State, number: int) -> tuple[str, State]:
    """Let a running hold run on by its length, once, and only in the last tick before its lapse."""
    hold = state.holds[number]
    if hold.reads != "ACTIVE":
        return "ReservationExpired" if hold.reads == "EXPIRED" else "NotActive", state
    if hold.extended:
        return "ExtensionLimit", state
    if hold.left > 1:
        return "ExtensionTooEarly", state
    return "done", changed(state, number, extended=True, left=hold.left + state.rules.hold_ticks)


def pay(state: State, number: int) -> tuple[str, State]:
    """Settle a payment: complete a running hold, buy a lapsed one's units again, or refund."""
    hold = state.holds[number]
    if hold.reads == "ACTIVE":
        return "done", changed(state, number, status="COMPLETED", paid=True)
    if hold.reads != "EXPIRED":
        return "NotActive", state
    is_within_limit = state.has(hold.shopper, hold.product) + hold.quantity <= state.rules.limit
    if hold.paid or not is_within_limit or (taken := _take(state, hold.product, hold.quantity)) is None:
        return "RefundRequired", state
    bought = Hold(*hold[:3], state.rules.hold_ticks, "COMPLETED", replaces=number)
    paid = changed(taken, number, paid=True)
    return "replaced", paid._replace(holds=(*paid.holds, bought))


def message(state: State, number: int) -> tuple[str, State]:
    """Deliver an expiry message, early, in time, again or late."""
    hold = state.holds[number]
    if _is_lapsed(hold):
        return "expired", give_back(state, number, "EXPIRED")
    return ("running" if hold.status == "ACTIVE" else "ended"), state


def sweep(state: State, product: int) -> tuple[str, State]:
    """Expire all lapsed holds of a product."""
    due = state.lapsed(product)
    return f"{len(due)} swept", _expire_all(state, due)


def restock(state: State, product: int, units: int) -> tuple[str, State]:
    """Add units, or take some out if there are so many within reach."""
    if state.within_reach(product) + units < 0:
        return "InsufficientStock", state
    state = _expire_all(state, state.lapsed(product)[: max(0, -units)])
    totals, available = plus(state.totals, product, units), plus(state.available, product, units)
    return "done", state._replace(totals=totals, available=available)


def tick(state: State) -> tuple[str, State]:
    """Let time pass."""
    return "done", state._replace(holds=tuple(hold._replace(left=hold.left - 1) for hold in state.holds))


STEPS: dict[str, Callable[..., tuple[str, State]]] = {
    work.__name__: work for work in (reserve, complete, cancel, release, extend, pay, message, sweep, restock, tick)
}
ONCE = {"reserve", "pay"}  # repeated with its key or reference, the first answer comes again


def step(state: State, action: Action) -> tuple[str, State]:
    """Return the outcome of an action, and the state after it."""
    kind, *arguments = action
    return STEPS[kind](state, *arguments)


def again(state: State, action: Action) -> tuple[str, State]:
    """Return the outcome of an action that is repeated because its reply was lost, and the state after both."""
    outcome, after = step(state, action)
    return (outcome, after) if action[0] in ONCE else step(after, action)
