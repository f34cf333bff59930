"""S5: refusals a second after sell-out over reservations a second; and that a refusal locks no row."""

import statistics
from collections.abc import Callable
from functools import partial

import psycopg

from tests.bench.database import Server
from tests.bench.environment import reserve_event
from tests.bench.figure import Figure, at_least, at_most, interleaved, median, ratio
from tests.bench.hot_product import AS_THE_SHOP, reserved
from tests.bench.outcome import REFUSED
from tests.bench.sale import LIMIT, Sale, run_on
from tests.bench.side_by_side import alone

ENVIRONMENTS = 16
ROUNDS = 3
GOAL = 2
UNITS = 1_000


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S5 for each mode, and how many rows the refusals locked."""
    with server.database() as url:
        sales = {suffix: Sale(url, ENVIRONMENTS, **mode) for suffix, mode in AS_THE_SHOP.items()}
        reserves = {
            (suffix, True): partial(lambda sale: (reserved(sale).rate(), 0), sale) for suffix, sale in sales.items()
        }
        refusals = {(suffix, False): partial(_refused, sale) for suffix, sale in sales.items()}
        found = interleaved({**reserves, **refusals}, ROUNDS, report)
    return [figure for suffix in sales for figure in _figures(suffix, found[suffix, False], found[suffix, True])]


def _figures(suffix: str, refused: list[tuple[float, int]], granted: list[tuple[float, int]]) -> list[Figure]:
    refusals, reserves = [rate for rate, _ in refused], [rate for rate, _ in granted]
    details = {"refusals_per_second": statistics.median(refusals), "reserves_per_second": statistics.median(reserves)}
    return [
        ratio(f"S5@{ENVIRONMENTS}{suffix}", refusals, reserves, at_least(GOAL), **details),
        median(f"S5@{ENVIRONMENTS}{suffix} rows locked", [locked for _, locked in refused], "rows", at_most(0)),
    ]


def _refused(sale: Sale) -> tuple[float, int]:
    """Sell a product out, and refuse; return the rate and how many rows of stock and products were locked meanwhile."""
    product_id = sale.product(UNITS)
    alone(partial(_sell_out, sale, product_id))
    before = _versions(sale.url, product_id)
    outcome = run_on(sale, [product_id] * sale.environments)
    if set(outcome.count()) != {REFUSED}:
        raise AssertionError(f"Replies by status: {dict(outcome.count())}; all should be {REFUSED}.")
    return outcome.rate(REFUSED), len(_versions(sale.url, product_id) - before)


def _sell_out(sale: Sale, product_id: str) -> None:
    environment = sale.environment()
    for _ in range(UNITS // LIMIT):
        environment.reserve(reserve_event(product_id, LIMIT))


def _versions(url: str, product_id: str) -> set[tuple[object, ...]]:
    """Return the versions of a product's rows. A lock leaves a mark in `xmax`; a change moves the row."""
    statement = """
        SELECT 'stock', ctid::text, xmin::text, xmax::text FROM stock WHERE product_id = %(id)s
        UNION ALL SELECT 'products', ctid::text, xmin::text, xmax::text FROM products WHERE id = %(id)s
    """
    with psycopg.connect(url, autocommit=True) as connection:
        return set(connection.execute(statement, {"id": product_id}).fetchall())
