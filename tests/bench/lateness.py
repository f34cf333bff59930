"""S10: how late a hold's units come back: by its message, on LocalStack; and as a shopper sees it.

The first burst on that LocalStack, which was just started as by `make run`, is measured too.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psycopg

from infra.local import settings
from infra.local.deploy import Deployment, deploy
from infra.local.localstack import running as localstack_running
from infra.local.warm_up import warm_up
from tests.bench.database import Server
from tests.bench.environment import SETTINGS, Environment, reserve_event
from tests.bench.figure import Figure, at_most
from tests.bench.outcome import CREATED, percentile
from tests.bench.sale import Sale
from tests.bench.side_by_side import alone
from tests.http.gateway import event

HOLDS = 100
HOLD_SECONDS = 5
SHOPPERS = 4  # who reserve at once
BURST = 100  # who reserve at once, before anybody else
BURST_HOLD_SECONDS = 600
SEEN = 20  # holds that a shopper watches lapse
SECONDS_TO_EXPIRE = 60
GOAL_P50, GOAL_P99 = 0.5, 1.5
GOAL_BURST = 1
SERVICE = {
    "HOLD_SECONDS": str(HOLD_SECONDS),
    "SWEEP_INTERVAL_SECONDS": "60",
    "TOKEN_KEYS": SETTINGS["TOKEN_KEYS"],
}
"""The sweep is on, but seldom; the holds that it expires are not counted."""


def measure(server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S10: lateness by message, and as a shopper sees it; and how long the first shoppers wait."""
    with server.database() as url:
        burst, lateness = _on_localstack(url, report)
    with server.database() as url:
        seen = _as_seen(Sale(url, 1))
    return [
        Figure("S10 p50", percentile(lateness, 50), "s", at_most(GOAL_P50), details={"holds": len(lateness)}),
        Figure("S10 p99", percentile(lateness, 99), "s", at_most(GOAL_P99), details={"worst": max(lateness)}),
        Figure("S10 as seen", max(seen), "s", at_most(0), seen),
        Figure("S10 first burst", percentile(burst, 50), "s", at_most(GOAL_BURST), details={"worst": max(burst)}),
    ]


def _on_localstack(url: str, report: Callable[[str], None]) -> tuple[list[float], list[float]]:
    """Return the seconds that each reserve of a first burst took, and those between a hold's lapse and its expiry."""
    sale = Sale(url, 1)
    wanted, product_id = sale.product(holdSeconds=BURST_HOLD_SECONDS), sale.product()
    with TemporaryDirectory() as directory, localstack_running(Path(directory) / "localstack") as endpoint_url:
        report("deploying to LocalStack")
        target = Deployment(endpoint_url, url, settings.read(SERVICE), Path(directory) / "deploy", on_this_machine=True)
        api_url = deploy(target)
        warm_up(endpoint_url, api_url.removesuffix("/api"))
        report(f"making {BURST} holds at once, then {HOLDS}")
        burst = _reserves(api_url, wanted, BURST, BURST)
        _reserves(api_url, product_id, HOLDS, SHOPPERS)
        return burst, _lateness(url, product_id)


def _reserves(api_url: str, product_id: str, holds: int, shoppers: int) -> list[float]:
    """Make so many holds, by so many shoppers at once; return the seconds that each reserve took."""
    with httpx.Client(base_url=f"{api_url}/", timeout=60) as client, ThreadPoolExecutor(shoppers) as threads:
        return list(threads.map(lambda _: _reserve(client, product_id), range(holds)))


def _reserve(client: httpx.Client, product_id: str) -> float:
    began = time.perf_counter()
    client.post("reservations", json={"productId": product_id, "quantity": 1}).raise_for_status()
    return time.perf_counter() - began


def _lateness(url: str, product_id: str) -> list[float]:
    """Wait until all holds have expired; return how late those were that their messages expired."""
    left = "SELECT count(*) FROM reservations WHERE product_id = %s AND status = 'ACTIVE'"
    late = """
        SELECT extract(epoch FROM ended_at - expires_at)::float8 FROM reservations
        WHERE product_id = %s AND ended_by = 'message'
    """
    with psycopg.connect(url, autocommit=True) as connection:
        deadline = time.monotonic() + SECONDS_TO_EXPIRE
        while connection.execute(left, [product_id]).fetchone() != (0,):
            if time.monotonic() > deadline:
                raise RuntimeError(f"The holds did not expire within {SECONDS_TO_EXPIRE} s.")
            time.sleep(0.2)
        return [seconds for (seconds,) in connection.execute(late, [product_id])]


def _as_seen(sale: Sale) -> list[float]:
    """Return for each hold how long after its lapse a shopper is still shown that its unit is not available."""
    product_ids = [sale.product(1, holdSeconds=1) for _ in range(SEEN)]
    return alone(lambda: _watch(sale.environment(), product_ids))


def _watch(environment: Environment, product_ids: list[str]) -> list[float]:
    """Hold the only unit of each product; ask for the products until all are available again."""
    lapses = {one: _lapse(environment.demand(reserve_event(one), CREATED)) for one in product_ids}
    late = dict.fromkeys(product_ids, 0.0)
    held = product_ids
    while held:
        asked = time.time()
        held = [one["id"] for one in environment.demand(event("GET", "/products")) if one["availableStock"] == 0]
        for one in held:
            late[one] = max(late[one], asked - lapses[one])
    return list(late.values())


def _lapse(reservation: dict[str, str]) -> float:
    return datetime.fromisoformat(reservation["expiresAt"]).timestamp()
