"""What must never happen, whatever the story."""

from collections.abc import Iterator

from tests.specification.model import State, step

FINAL = ("COMPLETED", "CANCELLED", "EXPIRED")
SOMEBODY = -1  # a shopper who has nothing yet


def faults(before: State, after: State) -> list[str]:
    """Return which properties a step breaks, as sentences."""
    return [*_of_units(after), *_of_shoppers(after), *_of_endings(before, after)]


def _of_units(state: State) -> Iterator[str]:
    for product, (total, available) in enumerate(zip(state.totals, state.available, strict=True)):
        holds = [hold for hold in state.holds if hold.product == product]
        kept = sum(hold.quantity for hold in holds if hold.status in ("ACTIVE", "COMPLETED"))
        if not (total == available + kept and 0 <= available <= total):
            yield f"Of {total} units {available} are available and {kept} held or sold."
        free = total - sum(hold.quantity for hold in holds if hold.reads in ("ACTIVE", "COMPLETED"))
        if state.within_reach(product) != free:
            yield f"{free} units are free, {state.within_reach(product)} within reach."


def _of_shoppers(state: State) -> Iterator[str]:
    for shopper in {hold.shopper for hold in state.holds}:
        if any(state.has(shopper, product) > state.rules.limit for product in range(len(state.totals))):
            yield "A shopper has more units than the limit."
        if state.running(shopper) > state.rules.holds_max:
            yield "A shopper has more running holds than the limit."


def _of_endings(before: State, after: State) -> Iterator[str]:
    replaced = [hold.replaces for hold in after.holds if hold.replaces is not None]
    if len(replaced) > len({*replaced}):
        yield "A lapsed hold is bought twice."
    for was, now in zip(before.holds, after.holds, strict=False):
        if was.status == now.status:
            continue
        if was.status in FINAL:
            yield f"A reservation ends as {was.status} and then as {now.status}."
        elif (was.left <= 0) != (now.status == "EXPIRED"):
            yield f"A hold becomes {now.status} {'after' if was.left <= 0 else 'before'} its lapse."


def unreachable(state: State, product: int) -> str | None:
    """Return a sentence if somebody new is refused a free unit, or is given one that is not free."""
    outcome, _ = step(state, ("reserve", product, SOMEBODY, 1))
    return None if (outcome == "done") == (state.within_reach(product) > 0) else "A free unit can't be reserved."
