"""What must never happen, whatever the story."""

from collections.abc import Iterator

from tests.specification.model import State, step

FINAL = ("COMPLETED", "CANCELLED", "EXPIRED")
SOMEBODY = -1  # a shopper who has nothing yet


def faults(before: State, after: State) -> list[str]:
    """Return which properties a step breaks, as sentences."""
    changes = (_of_endings, _of_waiters, _of_offers)
    return [*_of_units(after), *_of_shoppers(after), *(it for fault in changes for it in fault(before, after))]


def _of_units(state: State) -> Iterator[str]:
    for product, (total, available) in enumerate(zip(state.totals, state.available, strict=True)):
        holds = [hold for hold in state.holds if hold.product == product]
        kept = sum(hold.quantity for hold in holds if hold.status in ("ACTIVE", "COMPLETED"))
        if not (total == available + kept and 0 <= available <= total):
            yield f"Of {total} units {available} are available and {kept} held or sold."
        free = total - sum(hold.quantity for hold in holds if hold.reads in ("ACTIVE", "COMPLETED"))
        if state.free(product) != free:
            yield f"{free} units are free, and not {state.free(product)}."


def _of_shoppers(state: State) -> Iterator[str]:
    for shopper in {it.shopper for it in (*state.holds, *state.waiters)}:
        if any(state.has(shopper, product) > state.rules.limit for product in range(len(state.totals))):
            yield "A shopper has more units than the limit, those waited for included."
        if state.running(shopper) > state.rules.holds_max:
            yield "A shopper has more running holds than the limit, places in line included."


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


def _of_waiters(before: State, after: State) -> Iterator[str]:
    for waiter in after.waiters:
        if waiter.status == "WAITING" and waiter.quantity <= after.available[waiter.product]:
            yield "A unit is in stock although somebody waits for it."
        if waiter.status == "PASSED_OVER":
            yield "A waiter is passed over, although the place in line counts like the hold."
    for was, now in zip(before.waiters, after.waiters, strict=False):
        if was != now and was.status != "WAITING":
            yield f"An entry ends as {was.status} and then as {now.status}."


def _of_offers(before: State, after: State) -> Iterator[str]:
    offered = [waiter for waiter in after.waiters if waiter.offer is not None]
    if len(offered) > len({waiter.offer for waiter in offered}):
        yield "Two entries have one offer."
    if any(after.holds[waiter.offer or 0][:3] != waiter[:3] for waiter in offered):
        yield "An offer is not what was waited for."
    if any(_overtaken(before, after, made) for made in range(len(before.holds), len(after.holds))):
        yield "Somebody who waits is overtaken."


def _overtaken(before: State, after: State, made: int) -> bool:
    """Return whether a hold was made while somebody waits for no more units, and joined before whoever got it."""
    hold = after.holds[made]
    offered = [number for number, waiter in enumerate(after.waiters) if waiter.offer == made]
    ahead = zip(before.waiters, after.waiters[: offered[0] if offered else None], strict=False)
    return any(
        was.status == now.status == "WAITING" and now.product == hold.product and now.quantity <= hold.quantity
        for was, now in ahead
    )


def unreachable(state: State, product: int) -> str | None:
    """Return a sentence if somebody new is refused a free unit, or is given one that is not free.

    Free are units in stock, and of lapsed holds those that nobody waits for.
    """
    outcome, _ = step(state, ("reserve", product, SOMEBODY, 1))
    _, swept = step(state, ("sweep", product))
    is_free = state.available[product] > 0 or swept.available[product] > 0
    return None if (outcome == "done") == is_free else "A free unit can't be reserved."
