"""S2: what contention costs: one hot product over a product for each environment."""

import statistics
from collections.abc import Callable
from functools import partial

from tests.bench.database import Server
from tests.bench.figure import Figure, at_least, interleaved, ratio
from tests.bench.hot_product import AS_THE_SHOP, reserved
from tests.bench.outcome import Outcome
from tests.bench.sale import Sale, create_product, refuse_unless_all_reserved, run_on
from tests.bench.side_by_side import alone

ENVIRONMENTS = (16, 64)
ROUNDS = 3
GOAL = 0.9
UNITS = 100_000


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S2 for each number of environments and each mode."""
    with server.database() as url:
        sales = {
            (environments, suffix): Sale(url, environments, **mode)
            for environments in ENVIRONMENTS
            for suffix, mode in AS_THE_SHOP.items()
        }
        cells = {
            (key, hot): partial(reserved if hot else _apart, sale)
            for key, sale in sales.items()
            for hot in (True, False)
        }
        outcomes = interleaved(cells, ROUNDS, report)
    return [_figure(*key, [[one.rate() for one in outcomes[key, hot]] for hot in (True, False)]) for key in sales]


def _figure(environments: int, suffix: str, rates: list[list[float]]) -> Figure:
    hot, apart = rates
    details = {"hot_per_second": statistics.median(hot), "apart_per_second": statistics.median(apart)}
    return ratio(f"S2@{environments}{suffix}", hot, apart, at_least(GOAL), **details)


def _apart(sale: Sale) -> Outcome:
    """Let each environment reserve a product of its own."""

    def create() -> list[str]:
        environment = sale.environment()
        return [create_product(environment, UNITS, limited=True) for _ in range(sale.environments)]

    outcome = run_on(sale, alone(create))
    refuse_unless_all_reserved(outcome)
    return outcome
