"""Negative controls: with a guard taken out, the exploration or the replay finds a shortest story that does harm."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from psycopg import Connection

from tests.specification import model
from tests.specification.exploring import Bounds, Violation, explore
from tests.specification.model import Action, State, changed, give_back, plus, step
from tests.specification.replaying import Replay
from tests.specification.system import RULES, System

Result = tuple[str, State]


def reserve_without_stock(state: State, product: int, shopper: int, quantity: int) -> Result:
    outcome, after = model.reserve(state._replace(available=(9, 9)), product, shopper, quantity)
    spent = plus(state.available, product, -quantity if outcome == "done" else 0)
    return outcome, after._replace(available=spent)


def reserve_without_limit(state: State, *arguments: int) -> Result:
    outcome, after = model.reserve(state._replace(rules=state.rules._replace(limit=9)), *arguments)
    return outcome, after._replace(rules=state.rules)


def reserve_losing_the_rest(state: State, product: int, shopper: int, quantity: int) -> Result:
    outcome, after = model.reserve(state, product, shopper, quantity)
    rest = after.available[product] if outcome == "done" and state.available[product] < quantity else 0
    return outcome, after._replace(available=plus(after.available, product, -rest))


def complete_after_the_lapse(state: State, number: int) -> Result:
    is_active = state.holds[number].status == "ACTIVE"
    return "done", changed(state, number, status="COMPLETED") if is_active else state


def pay_for_the_same_again(state: State, number: int) -> Result:
    return model.pay(changed(state, number, paid=False), number)


def message_for_what_has_ended(state: State, number: int) -> Result:
    return "expired", give_back(state, number, "EXPIRED") if state.holds[number].left <= 0 else state


def sweep_of_running_holds(state: State, product: int) -> Result:
    for number, hold in enumerate(state.holds):
        if (hold.product, hold.status) == (product, "ACTIVE"):
            state = give_back(state, number, "EXPIRED")
    return "swept", state


def join_although_in_stock(state: State, product: int, shopper: int, quantity: int) -> Result:
    return "done", state._replace(waiters=(*state.waiters, model.Waiter(product, shopper, quantity)))


def cancel_without_hand_over(state: State, number: int) -> Result:
    outcome, after = model.cancel(state._replace(waiters=()), number)
    return outcome, after._replace(waiters=state.waiters)


def reserve_before_who_waits(state: State, *arguments: int) -> Result:
    if (refused := model.reserve(state, *arguments))[0] in ("LimitExceeded", "TooManyHolds"):
        return refused
    outcome, after = model.reserve(state._replace(waiters=()), *arguments)
    return outcome, after._replace(waiters=state.waiters)


def message_serving_the_last(state: State, number: int) -> Result:
    outcome, after = model.message(state._replace(waiters=state.waiters[::-1]), number)
    return outcome, after._replace(waiters=after.waiters[::-1])


RESERVE: Action = ("reserve", 0, 0, 1)
LINE = Bounds(products=1, changes=2, waiters=2)

IN_A_LINE: list[tuple[Callable[..., Result], str, list[Action]]] = [
    (join_although_in_stock, "in stock although somebody waits", [("join", 0, 0, 1)]),
    (cancel_without_hand_over, "in stock although somebody waits", [RESERVE, ("join", 0, 1, 2), ("cancel", 0)]),
    (reserve_before_who_waits, "overtaken", [RESERVE, ("join", 0, 1, 2), ("tick",), ("reserve", 0, 0, 2)]),
    (
        message_serving_the_last,
        "overtaken",
        [RESERVE, ("join", 0, 1, 2), ("join", 0, 2, 2), ("tick",), ("message", 0)],
    ),
]
IN_THE_MODEL: list[tuple[Callable[..., Result], str, list[Action]]] = [
    (reserve_without_stock, "Of 2 units -1 are available", [RESERVE, ("reserve", 0, 1, 2)]),
    (reserve_without_limit, "more units than the limit", [RESERVE, ("restock", 0, 1), ("reserve", 0, 0, 2)]),
    (reserve_losing_the_rest, "Of 2 units 0 are available", [("reserve", 0, 0, 2), ("tick",), RESERVE]),
    (complete_after_the_lapse, "COMPLETED after its lapse", [RESERVE, ("tick",), ("complete", 0)]),
    (pay_for_the_same_again, "bought twice", [RESERVE, ("tick",), ("pay", 0), ("pay", 0)]),
    (message_for_what_has_ended, "ends as COMPLETED", [RESERVE, ("complete", 0), ("tick",), ("message", 0)]),
    (sweep_of_running_holds, "EXPIRED before its lapse", [RESERVE, ("sweep", 0)]),
]


@pytest.mark.parametrize(
    ("careless", "harm", "story", "bounds"),
    [(*it, Bounds()) for it in IN_THE_MODEL] + [(*it, LINE) for it in IN_A_LINE],
)
def test_without_a_guard_of_the_model_the_shortest_story_is_found(
    careless: Callable[..., Result], harm: str, story: list[Action], bounds: Bounds
) -> None:
    kind = careless.__name__.partition("_")[0]
    with pytest.raises(Violation, match=harm) as violation:
        explore(bounds, RULES, lambda state, it: careless(state, *it[1:]) if it[0] == kind else step(state, it))
    assert violation.value.story == story


IN_THE_DATABASE = [  # function, guard, what stands there instead; changes that it takes, last action, steps
    ("expire_hold", "IF held.status IS DISTINCT FROM 'ACTIVE' THEN", "IF held.status IS NULL THEN", 1, "message", 3),
    ("complete_hold", " AND moment < held.expires_at", "", 1, "complete", 3),
    ("settle_payment", "other.outcome = 'SETTLED'", "false", 2, "pay", 4),
    ("product_refusal", "p_units + p_quantity > p_max_per_shopper", "false", 1, "reserve", 2),
    ("reserve", "IF p_key IS NOT NULL AND", "IF false AND", 1, "reserve", 1),
]


@pytest.mark.parametrize(("function", "guard", "instead", "changes", "last", "steps"), IN_THE_DATABASE)
def test_without_a_guard_of_a_function_the_shortest_story_is_found(
    connection: Connection,
    advance: Callable[[float], None],
    function: str,
    guard: str,
    instead: str,
    changes: int,
    last: str,
    steps: int,
) -> None:
    del advance
    (source,) = connection.execute("SELECT pg_get_functiondef(%s::regproc)", [function]).fetchone() or ("",)
    assert source.count(guard) == 1
    connection.execute(source.replace(guard, instead))
    system = System.of(connection, RULES, [[2], [2]], 3)
    found = explore(Bounds(changes=changes), RULES)
    short = {kind: (node, action) for kind, (node, action) in found.transitions.items() if len(node.story) < steps}
    with pytest.raises(Violation) as violation:
        Replay(replace(found, transitions=short), system, connection, is_one_slot=True).run()
    assert violation.value.story[-1][0] == last
    assert len(violation.value.story) == steps
