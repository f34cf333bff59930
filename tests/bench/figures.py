"""The benchmarks by number, in the order in which they run."""

from collections.abc import Callable

from tests.bench import (
    browser_requests,
    cold_start,
    database_alone,
    disturbed,
    end_of_stock,
    far,
    growth,
    handler_cpu,
    hot_product,
    lateness,
    own_products,
    refusals,
    shared_cache,
    sweeping,
)
from tests.bench.database import Server
from tests.bench.figure import Figure

Measure = Callable[[Server, Callable[[str], None]], list[Figure]]

BENCHMARKS: dict[str, Measure] = {
    "S1": hot_product.measure,
    "S2": own_products.measure,
    "S3": far.measure,
    "S4": handler_cpu.measure,
    "S5": refusals.measure,
    "S6": cold_start.measure,
    "S7": growth.measure,
    "S8": sweeping.measure,
    "S9": shared_cache.measure,
    "S10": lateness.measure,
    "S11": disturbed.measure,
    "S12": database_alone.measure,
    "S13": end_of_stock.measure,
    "S14": browser_requests.measure,
}
