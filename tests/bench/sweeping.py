"""S8: 10,000 lapsed holds over 20 products are swept while reserves go on."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.bench.database import Server
from tests.bench.environment import wait_until
from tests.bench.figure import Figure, at_most, interleaved, median
from tests.bench.history import History, connect
from tests.bench.hot_product import AS_THE_SHOP, p99
from tests.bench.outcome import Outcome, together
from tests.bench.sale import Buyer, Sale, create_product
from tests.bench.side_by_side import Ready, alone, side_by_side

PRODUCTS, HOLDS = 20, 10_000
ENVIRONMENTS = 16
ROUNDS = 3
SECONDS, SWEEP_AFTER = 3.0, 0.5
UNITS = 100_000
GOAL_SECONDS, GOAL_P99_MS = 2, 200


@dataclass(frozen=True)
class Swept:
    """How long a sweep took, and the slowest hundredth of the reserves meanwhile, in milliseconds."""

    seconds: float
    p99_ms: float


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S8 for each mode."""
    with server.database() as url:
        sales = {suffix: Sale(url, ENVIRONMENTS, seconds=SECONDS, **mode) for suffix, mode in AS_THE_SHOP.items()}
        cells = {suffix: partial(_swept, sale) for suffix, sale in sales.items()}
        found = interleaved(cells, ROUNDS, report)
    return [
        figure
        for suffix, swept in found.items()
        for figure in (
            median(f"S8{suffix}", [one.seconds for one in swept], "s", at_most(GOAL_SECONDS)),
            median(f"S8{suffix} p99", [one.p99_ms for one in swept], "ms", at_most(GOAL_P99_MS)),
        )
    ]


def _swept(sale: Sale) -> Swept:
    product_ids = alone(partial(_create, sale))
    with connect(sale.url) as connection:
        for product_id in product_ids:
            History(connection).lapsed(product_id, HOLDS // PRODUCTS)
    buyers = [Buyer(sale, product_ids[number % PRODUCTS]) for number in range(ENVIRONMENTS)]
    *outcomes, (began, ended) = side_by_side([*buyers, partial(_sweep, sale)])
    _refuse_if_any_is_left(sale.url)
    return Swept(ended - began, _p99_between(together(outcomes), began, ended))


def _create(sale: Sale) -> list[str]:
    environment = sale.environment()
    return [create_product(environment, UNITS, limited=True) for _ in range(PRODUCTS)]


def _sweep(sale: Sale, ready: Ready) -> tuple[float, float]:
    """Sweep once; return when it began and ended."""
    environment = sale.environment()
    wait_until(ready() + SWEEP_AFTER)
    began = time.perf_counter()
    environment.sweep_once()
    return began, time.perf_counter()


def _p99_between(outcome: Outcome, first: float, last: float) -> float:
    """Return the 99th percentile of the reserves that ended between two instants, in milliseconds."""
    meanwhile = Outcome(first, last - first)
    for end, latency, status in zip(outcome.ends, outcome.latencies, outcome.statuses, strict=True):
        if first <= end <= last:
            meanwhile.add(end - latency, end, status)
    return p99(meanwhile)


def _refuse_if_any_is_left(url: str) -> None:
    with connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM reservations WHERE status = 'ACTIVE' AND expires_at < now() - interval '10 seconds'"
        ).fetchone()
    if row != (0,):
        raise AssertionError(f"{row and row[0]} lapsed holds were not swept.")
