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


class Waiter(NamedTuple):
    """An entry in the waiting list of a product."""

    product: int
    shopper: int
    quantity: int
    status: str = "WAITING"
    offer: int | None = None  # the hold that an OFFERED entry got


class State(NamedTuple):
    """All products, reservations and waiting lists."""

    rules: Rules
    totals: tuple[int, ...]
    available: tuple[int, ...]  # as stored: without the units of lapsed holds
    holds: tuple[Hold, ...] = ()  # a reservation's number is its place here
    waiters: tuple[Waiter, ...] = ()  # in the order of joining; likewise

    def lapsed(self, product: int) -> list[int]:
        """Return the lapsed holds of a product that nothing has expired yet, the oldest lapse first."""
        due = [(hold.left, n) for n, hold in enumerate(self.holds) if hold.product == product and _is_lapsed(hold)]
        return [n for _, n in sorted(due)]

    def waiting(self, product: int) -> list[int]:
        """Return who waits for a product, in order."""
        return [n for n, it in enumerate(self.waiters) if (it.product, it.status) == (product, "WAITING")]

    def within_reach(self, product: int) -> int:
        """Return the units that can be had now: those of lapsed holds too, unless they are for those who wait."""
        return self.available[product] if self.waiting(product) else self.free(product)

    def free(self, product: int) -> int:
        """Return the units that are neither sold nor in a running hold."""
        return self.available[product] + sum(self.holds[n].quantity for n in self.lapsed(product))

    def has(self, shopper: int, product: int) -> int:
        """Return the units of a product that a shopper holds, has bought or waits for."""
        kept = (it for it in self._places_of(shopper, "ACTIVE", "COMPLETED") if it.product == product)
        return sum(it.quantity for it in kept)

    def running(self, shopper: int) -> int:
        """Return how many running holds and places in line a shopper has."""
        return len(self._places_of(shopper, "ACTIVE"))

    def _places_of(self, shopper: int, *reading: str) -> list[Hold | Waiter]:
        """Return a shopper's holds that read so, and places in line, which count like the holds they may become."""
        holds = [hold for hold in self.holds if hold.shopper == shopper and hold.reads in reading]
        return [*holds, *(it for it in self.waiters if (it.shopper, it.status) == (shopper, "WAITING"))]

    def open_entry(self, shopper: int, product: int) -> Waiter | None:
        """Return the entry with which a shopper waits for a product, or has an offer that is running."""
        own = (it for it in self.waiters if (it.shopper, it.product) == (shopper, product))
        return next((it for it in own if it.status == "WAITING" or self.running_offer(it)), None)

    def running_offer(self, waiter: Waiter) -> Hold | None:
        """Return the hold that an entry got, if it is running."""
        hold = None if waiter.offer is None else self.holds[waiter.offer]
        return hold if hold and hold.reads == "ACTIVE" else None


def _is_lapsed(hold: Hold) -> bool:
    return hold.status == "ACTIVE" and hold.left <= 0


def changed(state: State, number: int, **changes: Any) -> State:
    return state._replace(holds=_with(state.holds, number, **changes))


def _with[Row: Hold | Waiter](rows: tuple[Row, ...], number: int, **changes: Any) -> tuple[Row, ...]:
    return (*rows[:number], rows[number]._replace(**changes), *rows[number + 1 :])


def plus(counts: tuple[int, ...], product: int, units: int) -> tuple[int, ...]:
    return (*counts[:product], counts[product] + units, *counts[product + 1 :])


def give_back(state: State, number: int, status: str) -> State:
    """End a hold, and hand its units over."""
    return hand_over(_ended_holds(state, [number], status), state.holds[number].product)


def _ended_holds(state: State, numbers: Iterable[int], status: str = "EXPIRED") -> State:
    for number in numbers:
        hold = state.holds[number]
        available = plus(state.available, hold.product, hold.quantity)
        state = changed(state, number, status=status)._replace(available=available)
    return state


def hand_over(state: State, product: int) -> State:
    """Make holds for the first of those who wait whose quantities fit."""
    for number in state.waiting(product):
        waiter = state.waiters[number]
        if waiter.quantity > state.available[product]:
            continue
        if state.has(waiter.shopper, product) > state.rules.limit or (
            state.running(waiter.shopper) > state.rules.holds_max
        ):
            state = state._replace(waiters=_with(state.waiters, number, status="PASSED_OVER"))
            continue
        entries = _with(state.waiters, number, status="OFFERED", offer=len(state.holds))
        state = _held(state._replace(waiters=entries), product, waiter.shopper, waiter.quantity)
    return state


def _held(state: State, product: int, shopper: int, quantity: int) -> State:
    """Make a hold of units in stock."""
    made = Hold(product, shopper, quantity, state.rules.hold_ticks)
    return state._replace(holds=(*state.holds, made), available=plus(state.available, product, -quantity))


def _brought_in(state: State, product: int, units: int) -> State:
    """Expire lapsed holds if the units in stock are too few: all if somebody waits, or else as many as it needs."""
    if state.available[product] >= units:
        return state
    lapsed = state.lapsed(product)
    if state.waiting(product):
        return hand_over(_ended_holds(state, lapsed), product)
    if state.within_reach(product) < units:
        return state
    large = [number for number in lapsed if state.holds[number].quantity >= units]
    return _ended_holds(state, large[:1] or lapsed[:units])


def reserve(state: State, product: int, shopper: int, quantity: int) -> tuple[str, State]:
    """Hold units for a shopper."""
    if refusal := _refusal(state, product, shopper, quantity):
        return refusal, state
    state = _brought_in(state, product, quantity)
    if state.available[product] < quantity:
        return "InsufficientStock", state
    return "done", _held(state, product, shopper, quantity)


def _refusal(state: State, product: int, shopper: int, quantity: int) -> str | None:
    """Return the limit that forbids a shopper another hold or place in line."""
    if state.has(shopper, product) + quantity > state.rules.limit:
        return "LimitExceeded"
    return "TooManyHolds" if state.running(shopper) >= state.rules.holds_max else None


def join(state: State, product: int, shopper: int, quantity: int) -> tuple[str, State]:
    """Wait for units that can't be reserved now."""
    if entry := state.open_entry(shopper, product):
        return ("done" if entry.quantity == quantity else "AlreadyWaiting"), state
    if refusal := _refusal(state, product, shopper, quantity):
        return refusal, state
    if state.within_reach(product) >= quantity:
        return "InStock", state
    return "done", state._replace(waiters=(*state.waiters, Waiter(product, shopper, quantity)))


def leave(state: State, number: int) -> tuple[str, State]:
    """Give a place in line up."""
    status = state.waiters[number].status
    if status == "WAITING":
        return "done", state._replace(waiters=_with(state.waiters, number, status="LEFT"))
    return ("done" if status == "LEFT" else "NotWaiting"), state


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
    product, shopper, quantity = hold[:3]
    if hold.paid or state.has(shopper, product) + quantity > state.rules.limit:
        return "RefundRequired", state
    state = _brought_in(state, product, quantity)
    if state.available[product] < quantity:
        return "RefundRequired", state
    bought = len(state.holds)
    state = changed(_held(state, product, shopper, quantity), bought, status="COMPLETED", replaces=number)
    return "replaced", changed(state, number, paid=True)


def message(state: State, number: int) -> tuple[str, State]:
    """Deliver an expiry message, early, in time, again or late."""
    hold = state.holds[number]
    if _is_lapsed(hold):
        return "expired", give_back(state, number, "EXPIRED")
    return ("running" if hold.status == "ACTIVE" else "ended"), state


def sweep(state: State, product: int) -> tuple[str, State]:
    """Expire all lapsed holds of a product, and hand over what is in stock."""
    due = state.lapsed(product)
    return f"{len(due)} swept", hand_over(_ended_holds(state, due), product)


def restock(state: State, product: int, units: int) -> tuple[str, State]:
    """Add units, or take some out if so many are free."""
    if state.free(product) + units < 0:
        return "InsufficientStock", state
    state = _ended_holds(state, state.lapsed(product)[: max(0, -units)])
    totals, available = plus(state.totals, product, units), plus(state.available, product, units)
    return "done", hand_over(state._replace(totals=totals, available=available), product)


def tick(state: State) -> tuple[str, State]:
    """Let time pass."""
    return "done", state._replace(holds=tuple(hold._replace(left=hold.left - 1) for hold in state.holds))


STEPS: dict[str, Callable[..., tuple[str, State]]] = {
    work.__name__: work
    for work in (reserve, complete, cancel, release, extend, pay, message, sweep, restock, join, leave, tick)
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
