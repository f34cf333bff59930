"""A rehearsal from the product put on sale to the verdict."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

import httpx

from infra.rehearse import evidence, schedule
from infra.rehearse.arrivals import Curve
from infra.rehearse.client import TIMEOUT_SECONDS, Client
from infra.rehearse.crowd import Crowd, settle
from infra.rehearse.promises import Sale
from infra.rehearse.record import Record
from infra.rehearse.schedule import Fault
from infra.rehearse.shared_cache import SECONDS, SharedCache
from infra.rehearse.tally import Tally
from infra.rehearse.target import Target, name_of_now
from infra.terminal import Terminal

LIMIT = 2
PRICE = 10
FREE = httpx.Limits(max_connections=None, max_keepalive_connections=None)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The size of the sale."""

    shoppers: int
    units: int
    hold_seconds: int
    arrivals: Curve
    seed: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One sale at one stage."""

    target: Target
    chosen: Chosen
    faults: Sequence[Fault]
    terminal: Terminal

    async def run(self) -> Sale:
        """Let the shoppers buy, wait until every hold has ended, and return what they and the stage say."""
        product_id = await asyncio.to_thread(self._put_on_sale)
        try:
            async with self._client() as client:
                tokens = await self.target.tokens(client, self.chosen.shoppers)
                records = await self._sell(client, product_id, tokens)
                with self.terminal.step("All holds have ended"):
                    await settle(self.target.admin, product_id, 2 * self.chosen.hold_seconds)
                with self.terminal.step("The stage's own account"):
                    account = await evidence.gather(self.target.admin, client, product_id, records)
        finally:
            self._end_sale(product_id)
        return Sale(records, account, LIMIT, any(fault.title.startswith("kill") for fault in self.faults))

    async def _sell(self, client: Client, product_id: str, tokens: list[str]) -> list[Record]:
        products = SharedCache(client, SECONDS if self.target.state else 0)
        crowd = Crowd(client, products, product_id, self.chosen.seed)
        arrivals = self.chosen.arrivals.arrivals(self.chosen.shoppers, client.chance)
        began = time.monotonic()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(schedule.run(self.faults, self.terminal))
            visits = tasks.create_task(crowd.visit(tokens, arrivals, self.terminal))
        self.terminal.say(f"  The last shopper has left after {time.monotonic() - began:.0f} s.")
        return visits.result()

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[Client]:
        """Connections without a limit: an open workload does not wait for one. On this machine no proxy is used."""
        async with httpx.AsyncClient(
            base_url=self.target.shop_url,
            timeout=httpx.Timeout(TIMEOUT_SECONDS),
            limits=FREE,
            trust_env=self.target.state is None,
        ) as http:
            yield Client(http, Tally(), Random(self.chosen.seed))  # noqa: S311 - guards nothing

    def _put_on_sale(self) -> str:
        wanted = {
            "name": name_of_now(),
            "price": PRICE,
            "totalStock": self.chosen.units,
            "holdSeconds": self.chosen.hold_seconds,
            "maxPerShopper": LIMIT,
        }
        return str(self.target.admin.send("POST", "/admin/products", wanted)["id"])

    def _end_sale(self, product_id: str) -> None:
        """Take the product off the shop's offer; its reservations are kept."""
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        self.target.admin.send("PATCH", f"/admin/products/{product_id}", {"saleEndsAt": now})
