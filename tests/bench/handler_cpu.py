"""S4: the handler's CPU for a reservation, over that of a bare psycopg call of the same statement."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import psycopg

from tests.bench.database import Server
from tests.bench.environment import UNPREPARED, reserve_event
from tests.bench.figure import Figure, at_most, ratio
from tests.bench.hot_product import MODES
from tests.bench.sale import Sale
from tests.bench.side_by_side import Ready, side_by_side
from tests.bench.statements import Reserve, recorded

BLOCK = 250  # calls between two looks at the CPU's clock
ROUNDS = 9
GOAL = 1.6
MICROSECONDS = 1_000_000


@dataclass(frozen=True)
class Spent:
    """CPU microseconds a call in each round."""

    handler: list[float]
    bare_call: list[float]


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S4 for each mode."""
    figures = []
    with server.database() as url:
        for suffix, mode in MODES.items():
            sale = Sale(url, 1, **mode)
            (spent,) = side_by_side([partial(_spend, sale, sale.product())])
            figures.append(_figure(suffix, spent))
            report(f"S4{suffix}: {figures[-1].value:.2f}")
    return figures


def _figure(suffix: str, spent: Spent) -> Figure:
    details = {
        "handler_us": statistics.median(spent.handler),
        "bare_call_us": statistics.median(spent.bare_call),
    }
    return ratio(f"S4{suffix}", spent.handler, spent.bare_call, at_most(GOAL), **details)


def _spend(sale: Sale, product_id: str, ready: Ready) -> Spent:
    """Reserve by the handler and by bare calls in turn, in one process."""
    environment, spent = sale.environment(), Spent([], [])
    reserve = recorded(environment, product_id, bare=sale.bare)
    ready()
    with psycopg.connect(sale.url, autocommit=True, prepare_threshold=_threshold(sale)) as connection:
        for _ in range(ROUNDS):
            events = [reserve_event(product_id, bare=sale.bare) for _ in range(BLOCK)]
            spent.handler.append(_cpu([partial(environment.reserve, one) for one in events]))
            spent.bare_call.append(_cpu(_bare_calls(connection, reserve)))
    return spent


def _threshold(sale: Sale) -> int | None:
    return None if sale.prepare == UNPREPARED else int(sale.prepare)


def _bare_calls(connection: psycopg.Connection, reserve: Reserve) -> list[Callable[[], object]]:
    """Return calls that execute what a reserve sends, and fetch the answer."""

    def call(statements: list[tuple[str, object]]) -> None:
        for text, values in statements:
            connection.execute(text, values).fetchall()  # type: ignore[arg-type] # as they were recorded

    return [partial(call, reserve.by_another()) for _ in range(BLOCK)]


def _cpu(calls: list[Callable[[], object]]) -> float:
    before = time.process_time()
    for call in calls:
        call()
    return (time.process_time() - before) / len(calls) * MICROSECONDS
