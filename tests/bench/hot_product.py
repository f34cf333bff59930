"""S1: reservations a second on one hot product, against the usual algorithm through the same handler."""

import statistics
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from tests.bench.database import Server
from tests.bench.environment import PREPARED, UNPREPARED
from tests.bench.figure import Figure, at_least, at_most, interleaved, ratio
from tests.bench.outcome import Outcome
from tests.bench.sale import Sale, refuse_unless_all_reserved, run

ENVIRONMENTS = (1, 4, 16, 32, 64)
ROUNDS = 3
CONTENDED = 16  # environments from which on the goals count
GOAL, GOAL_BARE, GOAL_P99 = 4, 5, 0.2

MODES = {
    "": {"prepare": UNPREPARED, "bare": False},
    " prepared": {"prepare": PREPARED, "bare": False},
    " bare": {"prepare": UNPREPARED, "bare": True},
    " bare prepared": {"prepare": PREPARED, "bare": True},
}
"""How a reserve is sent, by the suffix of a figure's key: without one as the shop sends it, not prepared."""
AS_THE_SHOP = {suffix: mode for suffix, mode in MODES.items() if not mode["bare"]}


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S1 for each number of environments and each mode."""
    with server.database() as url:
        cells = {
            (environments, suffix, rival): partial(reserved, Sale(url, environments, rival=rival, **mode))
            for environments in ENVIRONMENTS
            for suffix, mode in MODES.items()
            for rival in (False, True)
        }
        outcomes = interleaved(cells, ROUNDS, report)
    return [
        figure
        for environments in ENVIRONMENTS
        for suffix in MODES
        for figure in _figures(environments, suffix, *(outcomes[environments, suffix, who] for who in (False, True)))
    ]


def reserved(sale: Sale) -> Outcome:
    """Run a sale in which every reserve must succeed."""
    outcome = run(sale)
    refuse_unless_all_reserved(outcome)
    return outcome


def _figures(environments: int, suffix: str, ours: Sequence[Outcome], rivals: Sequence[Outcome]) -> Iterator[Figure]:
    contended = environments >= CONTENDED
    goal = at_least(GOAL_BARE if "bare" in suffix else GOAL) if contended else None
    rates, p99s = (
        [[one.rate() for one in who] for who in (ours, rivals)],
        [[p99(one) for one in who] for who in (ours, rivals)],
    )
    yield ratio(f"S1@{environments}{suffix}", *rates, goal, **medians("per_second", *rates))
    yield ratio(
        f"S1@{environments}{suffix} p99", *p99s, at_most(GOAL_P99) if contended else None, **medians("p99_ms", *p99s)
    )


def p99(outcome: Outcome) -> float:
    """Return the 99th percentile of a sale's reserves in milliseconds."""
    return outcome.percentile(99) * 1000


def medians(unit: str, ours: Sequence[float], rivals: Sequence[float]) -> dict[str, float]:
    """Return what a ratio was computed from."""
    return {f"ours_{unit}": statistics.median(ours), f"rival_{unit}": statistics.median(rivals)}
