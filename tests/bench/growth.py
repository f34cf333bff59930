"""S7: what requests cost with 5,000,000 reservations in the table, over 10,000; and while a snapshot is held open."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial

import psycopg

from tests.bench.database import Server
from tests.bench.environment import Environment, reserve_event
from tests.bench.figure import Figure, at_most, interleaved, ratio
from tests.bench.history import History, connect
from tests.bench.sale import WARM_UPS, create_product
from tests.bench.side_by_side import alone
from tests.http.gateway import event

SIZES = (10_000, 500_000, 5_000_000)
SECONDARY_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = 'reservations'::regclass AND NOT indisprimary
"""
PRODUCTS = 20
ROUNDS = 5
CALLS = 100
ENDED_MEANWHILE = 100_000
GOAL, GOAL_SNAPSHOT = 1.2, 1.5
REQUESTS = ("reserve", "complete", "list", "products")
MILLISECONDS = 1000

Medians = dict[str, float]


@dataclass(frozen=True)
class Shop:
    """A database with a past of so many reservations."""

    url: str
    size: int
    product_ids: list[str]

    def medians(self) -> Medians:
        """Return the median milliseconds of each request, in a process of its own."""
        return alone(partial(_medians, self.url, self.product_ids[0]))


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S7 for each request, without and with a snapshot held open."""
    with ExitStack() as stack:
        shops = {size: _shop(stack.enter_context(server.database()), size, report) for size in SIZES}
        found = interleaved({size: shop.medians for size, shop in shops.items()}, ROUNDS, report)
        largest, smallest = shops[SIZES[-1]], shops[SIZES[0]]
        with psycopg.connect(largest.url) as snapshot:
            snapshot.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            snapshot.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            snapshot.execute("SELECT count(*) FROM products")
            _end_holds(largest)
            cells = {"held": largest.medians, "small": smallest.medians}
            held = interleaved(cells, ROUNDS, report)
    return [figure for request in REQUESTS for figure in _figures(request, found, held)]


def _figures(request: str, found: dict[int, list[Medians]], held: dict[str, list[Medians]]) -> list[Figure]:
    times = {size: [one[request] for one in medians] for size, medians in found.items()}
    snapshot, small = ([one[request] for one in held[name]] for name in ("held", "small"))
    details = {f"ms_at_{size}": statistics.median(values) for size, values in times.items()}
    return [
        ratio(f"S7 {request}", times[SIZES[-1]], times[SIZES[0]], at_most(GOAL), **details),
        ratio(f"S7 {request} snapshot", snapshot, small, at_most(GOAL_SNAPSHOT), ms=statistics.median(snapshot)),
    ]


def _shop(url: str, size: int, report: Callable[[str], None]) -> Shop:
    """Write the past of a shop, as evenly over its products as it goes."""
    began = time.monotonic()
    product_ids = alone(partial(_create, url, size))
    with connect(url) as connection:
        with _without_secondary_indexes(connection):
            for product_id in product_ids:
                History(connection).ended(product_id, size // PRODUCTS)
        connection.execute("VACUUM ANALYZE")
    report(f"{size:,} reservations written in {time.monotonic() - began:.0f} s")
    return Shop(url, size, product_ids)


@contextmanager
def _without_secondary_indexes(connection: psycopg.Connection) -> Iterator[None]:
    """Drop the indexes and build them afterwards, which takes a third of the time."""
    indexes = connection.execute(SECONDARY_INDEXES).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, definition in indexes:
        connection.execute(definition)


def _create(url: str, size: int) -> list[str]:
    environment = Environment(url)
    return [create_product(environment, 2 * size // PRODUCTS + 500_000, limited=True) for _ in range(PRODUCTS)]


def _end_holds(shop: Shop) -> None:
    """End many holds of one product while the snapshot keeps what they were."""
    product_id = shop.product_ids[0]
    with connect(shop.url) as connection:
        History(connection).lapsed(product_id, ENDED_MEANWHILE)
    alone(lambda: Environment(shop.url).sweep_once())


def _medians(url: str, product_id: str) -> Medians:
    environment = Environment(url)
    for _ in range(WARM_UPS):
        _visit(environment, product_id)
    visits = [_visit(environment, product_id) for _ in range(CALLS)]
    return {request: statistics.median(visit[request] for visit in visits) for request in REQUESTS}


def _visit(environment: Environment, product_id: str) -> Medians:
    """Reserve, complete, list what the shopper has and list the products; return the milliseconds of each."""
    reserve = reserve_event(product_id)
    headers = {"Authorization": reserve["headers"]["Authorization"]}
    took: Medians = {}

    def timed(request: str, one: dict[str, object], status: int = 200) -> object:
        began = time.perf_counter()
        reply = environment.demand(one, status)
        took[request] = (time.perf_counter() - began) * MILLISECONDS
        return reply

    reservation = timed("reserve", reserve, 201)
    identifier = reservation["id"]  # type: ignore[index] # a JSON object
    timed("complete", event("POST", "/reservations/{reservation_id}/complete", identifier, headers=headers))
    timed("list", event("GET", "/reservations", headers=headers))
    timed("products", event("GET", "/products"))
    return took
