"""S13: the end of the stock: its last 1,000 units of 100,000, and after it, while held units lapse all the time."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from tests.bench.database import Server
from tests.bench.figure import Figure, at_least, at_most, interleaved, ratio
from tests.bench.history import History, connect
from tests.bench.hot_product import AS_THE_SHOP, reserved
from tests.bench.outcome import BUSY, CREATED, REFUSED
from tests.bench.sale import Sale, run_on

ENVIRONMENTS = 16
ROUNDS = 3
UNITS, LEFT, LAST = 100_000, 3_000, 1_000
SECONDS_TO_SELL_OUT = 60.0  # at most
LAPSES_PER_SECOND = 4_000  # more than are reserved in a second, so that the reserves decide
LAPSING_SECONDS = 2.0
LEAD_SECONDS = 2.0  # until all environments are under way, with some to spare
GOAL_LAST, GOAL_LAPSING = 0.7, 0.5


@dataclass(frozen=True)
class Rate:
    """Reservations a second, and how many were answered 503."""

    per_second: float
    busy: int


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S13 for each mode."""
    with server.database() as url:
        cells = {
            (suffix, name): partial(measured, Sale(url, ENVIRONMENTS, **mode))
            for suffix, mode in AS_THE_SHOP.items()
            for name, measured in {"in stock": _in_stock, "last": _last, "lapsing": _lapsing}.items()
        }
        rates = interleaved(cells, ROUNDS, report)
    return [figure for suffix in AS_THE_SHOP for figure in _figures(suffix, rates)]


def _figures(suffix: str, rates: dict[tuple[str, str], list[Rate]]) -> list[Figure]:
    whole, last, lapsing = ([one.per_second for one in rates[suffix, name]] for name in ("in stock", "last", "lapsing"))
    busy = [one.busy for name in ("last", "lapsing") for one in rates[suffix, name]]
    medians = {"in_stock_per_second": statistics.median(whole)}
    key = f"S13@{ENVIRONMENTS}{suffix}"
    return [
        ratio(f"{key} last units", last, whole, at_least(GOAL_LAST), **medians, per_second=statistics.median(last)),
        ratio(
            f"{key} lapsing", lapsing, whole, at_least(GOAL_LAPSING), **medians, per_second=statistics.median(lapsing)
        ),
        Figure(f"{key} answered 503", sum(busy), "replies", at_most(0), busy),
    ]


def _in_stock(sale: Sale) -> Rate:
    return Rate(reserved(sale).rate(), 0)


def _last(sale: Sale) -> Rate:
    """Sell the last of the stock; how it is left in the rows is what a sale leaves: chance."""
    product_id = sale.product(UNITS)
    with connect(sale.url) as connection:
        History(connection).sold_but(product_id, LEFT, evenly=False)
    selling = replace(sale, seconds=SECONDS_TO_SELL_OUT, until_refused=True)
    outcome = run_on(selling, [product_id] * sale.environments)
    ends = sorted(end for end, status in zip(outcome.ends, outcome.statuses, strict=True) if status == CREATED)
    if len(ends) <= LAST or outcome.count()[REFUSED] != sale.environments:
        raise AssertionError(f"The stock was not sold out: {dict(outcome.count())}.")
    return Rate(LAST / (ends[-1] - ends[-LAST - 1]), outcome.count()[BUSY])


def _lapsing(sale: Sale) -> Rate:
    """Sell what lapses, and nothing else."""
    held = round(LAPSES_PER_SECOND * (LEAD_SECONDS + LAPSING_SECONDS))
    product_id = sale.product(UNITS)
    with connect(sale.url) as connection:
        history = History(connection)
        history.sold_but(product_id, held, evenly=True)
        history.lapsing(product_id, held, first_seconds=0, each_seconds=1 / LAPSES_PER_SECOND)
    outcome = run_on(replace(sale, seconds=LAPSING_SECONDS), [product_id] * sale.environments)
    return Rate(outcome.rate(), outcome.count()[BUSY])
