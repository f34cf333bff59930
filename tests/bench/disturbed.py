"""S11: the hot product while holds lapse and are swept, shoppers cancel, units are restocked and orders of 100 come."""

import statistics
from collections.abc import Callable
from functools import partial

from tests.bench.database import Server
from tests.bench.disturbances import EVENTS
from tests.bench.figure import Figure, at_least, interleaved, median, ratio
from tests.bench.hot_product import AS_THE_SHOP, reserved
from tests.bench.outcome import BUSY, Outcome
from tests.bench.sale import Sale, run_on

ENVIRONMENTS = (16, 64)
ROUNDS, EVENT_ROUNDS = 3, 2
SECONDS, EVENT_SECONDS = 2.0, 3.5
EACH_SECONDS = 0.1  # between two events of a kind: ten a second
EVENT_AT, RECOVERED_AFTER = 1.5, 0.5
GOAL, GOAL_RECOVERED = 0.8, 0.95


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S11 for each number of environments and each mode: all events all the time, and a single one of each."""
    with server.database() as url:
        sales = [
            (f"@{environments}{suffix}", Sale(url, environments, seconds=SECONDS, **mode))
            for environments in ENVIRONMENTS
            for suffix, mode in AS_THE_SHOP.items()
        ]
        steady = {
            (key, calm): partial(reserved if calm else _disturbed, sale)
            for key, sale in sales
            for calm in (True, False)
        }
        outcomes = interleaved(steady, ROUNDS, report)
        single = {(key, name): partial(_recovery, sale, name) for key, sale in sales for name in EVENTS}
        recoveries = interleaved(single, EVENT_ROUNDS, report)
    figures = [_figure(key, outcomes[key, False], outcomes[key, True]) for key, _ in sales]
    return figures + [
        median(f"S11{key} after {name}", recoveries[key, name], "ratio", at_least(GOAL_RECOVERED))
        for key, _ in sales
        for name in EVENTS
    ]


def _figure(key: str, disturbed: list[Outcome], calm: list[Outcome]) -> Figure:
    rates = [[one.rate() for one in outcomes] for outcomes in (disturbed, calm)]
    statuses = [one.count() for one in disturbed]
    return ratio(
        f"S11{key}",
        *rates,
        at_least(GOAL),
        disturbed_per_second=statistics.median(rates[0]),
        calm_per_second=statistics.median(rates[1]),
        busy=sum(one[BUSY] for one in statuses),
    )


def _disturbed(sale: Sale) -> Outcome:
    """Run a sale with ten events of each kind a second."""
    product_id = sale.product()
    instants = [number * EACH_SECONDS for number in range(1, round(sale.seconds / EACH_SECONDS))]
    others = [event(sale.url, product_id, instants) for event in EVENTS.values()]
    return run_on(sale, [product_id] * sale.environments, others)


def _recovery(sale: Sale, name: str) -> float:
    """Return the rate from half a second after an event on, over the rate before it."""
    longer = Sale(sale.url, sale.environments, sale.prepare, seconds=EVENT_SECONDS)
    product_id = longer.product()
    outcome = run_on(longer, [product_id] * longer.environments, [EVENTS[name](sale.url, product_id, [EVENT_AT])])
    settled = 0.3  # seconds until all environments are under way
    before = outcome.rate_between(settled, EVENT_AT)
    return outcome.rate_between(EVENT_AT + RECOVERED_AFTER, EVENT_SECONDS) / before
