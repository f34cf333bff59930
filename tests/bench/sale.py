"""A sale: environments that reserve one after the other, for so many seconds or as long as there is stock."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

import psycopg

from tests.bench.environment import UNPREPARED, Environment, Event, admin_event, reserve_event
from tests.bench.outcome import CREATED, REFUSED, Outcome, together
from tests.bench.side_by_side import Ready, alone, side_by_side

UNITS = 1_000_000
LIMIT = 100  # units a shopper; as many as one order may have
WARM_UPS = 8  # connects, prepares, and lets PostgreSQL settle on its plans
SUPPLY_PER_SECOND = 3_000  # requests made ready before, for all environments together
SUPPLIED_SECONDS = 10.0  # of a longer sale; the rest is made while it lasts
RIVALS_WARM_UPS = 2  # each of which waits for all others


@dataclass(frozen=True)
class Sale:
    """How environments reserve: where, how many, and in which way."""

    url: str
    environments: int
    prepare: str = UNPREPARED
    bare: bool = False
    rival: bool = False
    seconds: float = 1.5
    until_refused: bool = False

    def environment(self) -> Environment:
        """Open an environment in this process."""
        return Environment(self.url, self.prepare, rival=self.rival)

    def product(self, units: int = UNITS, **members: object) -> str:
        """Put a product on sale; with a limit unless bare, with a single stock row for the rival."""
        product_id = alone(lambda: create_product(self.environment(), units, limited=not self.bare, **members))
        if self.rival:
            gather_in_one_row(self.url, product_id)
        return product_id

    def by(self, url: str) -> "Sale":
        """Return the same sale by another way to the same database."""
        return replace(self, url=url)


@dataclass(frozen=True)
class Buyer:
    """An environment that reserves units of a product from an instant after the beginning to the end."""

    sale: Sale
    product_id: str
    joins_after: float = 0.0

    def __call__(self, ready: Ready) -> Outcome:
        """Open the environment, make requests ready, and reserve."""
        environment = self.sale.environment()
        for request in self._requests(RIVALS_WARM_UPS if self.sale.rival else WARM_UPS):
            environment.send(request)
        share = SUPPLY_PER_SECOND * min(self.sale.seconds, SUPPLIED_SECONDS) / self.sale.environments
        supply = iter([*self._requests(int(share))])
        began = ready()
        wait = began + self.joins_after - time.perf_counter()
        time.sleep(max(0.0, wait))
        return self._reserve(environment, supply, began)

    def _reserve(self, environment: Environment, supply: Iterator[Event], began: float) -> Outcome:
        outcome = Outcome(began, self.sale.seconds)
        clock, deadline = time.perf_counter, began + self.sale.seconds
        while (before := clock()) < deadline:
            request = next(supply, None) or self._request()
            status = environment.send(request).status
            outcome.add(before, clock(), status)
            if self.sale.until_refused and status == REFUSED:
                break
        return outcome

    def _requests(self, count: int) -> Iterator[Event]:
        return (self._request() for _ in range(count))

    def _request(self) -> Event:
        return reserve_event(self.product_id, bare=self.sale.bare)


def run(sale: Sale, others: Sequence[Callable[[Ready], object]] = (), *, joining: Sequence[float] = ()) -> Outcome:
    """Let all environments reserve one new product, and others disturb them; `joining` says who begins later."""
    return run_on(sale, [sale.product()] * sale.environments, others, joining=joining)


def run_on(
    sale: Sale,
    product_ids: Sequence[str],
    others: Sequence[Callable[[Ready], object]] = (),
    *,
    joining: Sequence[float] = (),
) -> Outcome:
    """Let each environment reserve the product that is named for it; return what they did together."""
    delays = [*joining, *[0.0] * (len(product_ids) - len(joining))]
    buyers = [Buyer(sale, product_id, delay) for product_id, delay in zip(product_ids, delays, strict=True)]
    outcomes = side_by_side([*buyers, *others])[: len(buyers)]
    return together([outcome for outcome in outcomes if isinstance(outcome, Outcome)])


def refuse_unless_all_reserved(outcome: Outcome) -> None:
    """Raise AssertionError if any reply was not 201."""
    if set(outcome.count()) != {CREATED}:
        raise AssertionError(f"Replies by status: {dict(outcome.count())}; all should be {CREATED}.")


def create_product(environment: Environment, units: int, *, limited: bool, **members: object) -> str:
    """Put a product on sale; return its id."""
    body = {"name": f"Hot {uuid4()}", "price": 10, "totalStock": units, **members}
    if limited:
        body["maxPerShopper"] = LIMIT
    return str(environment.demand(admin_event("POST", "/admin/products", body), CREATED)["id"])


def gather_in_one_row(url: str, product_id: str) -> None:
    """Move a new product's units into one stock row, as the usual algorithm has them."""
    with psycopg.connect(url, autocommit=True) as connection, connection.transaction():
        total = "SELECT sum(total) FROM stock WHERE product_id = %s"
        row = connection.execute(total, [product_id]).fetchone()
        connection.execute("UPDATE products SET slots = 1 WHERE id = %s", [product_id])
        connection.execute("DELETE FROM stock WHERE product_id = %s AND slot > 0", [product_id])
        units = row and row[0]
        connection.execute(
            "UPDATE stock SET total = %s, available = %s WHERE product_id = %s", [units, units, product_id]
        )
