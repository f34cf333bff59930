"""A rehearsal against the real handler in this process and a real Postgres: no LocalStack, the queue a list."""

import asyncio
import io
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

import httpx
import psycopg

from chalicelib.db import connection as database
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.expire import expire
from infra.rehearse import evidence
from infra.rehearse.arrivals import parse
from infra.rehearse.client import Client
from infra.rehearse.crowd import Crowd
from infra.rehearse.promises import Sale
from infra.rehearse.rehearsal import LIMIT
from infra.rehearse.shared_cache import SharedCache
from infra.rehearse.tally import Tally
from infra.terminal import Terminal
from tests import loops
from tests.http.shop import Recorder, Shop

HOLD_SECONDS = 2
"""Long enough for those who were refused to join the waiting list before the first hold lapses."""
AT_ONCE = parse("0.3:100")
SECONDS_BETWEEN_DELIVERIES = 0.02


class Handler(httpx.AsyncBaseTransport):
    """Passes requests to the handler, one at a time, as an execution environment gets them."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the handler's reply."""
        path = request.url.raw_path.decode()
        reply = self._shop.request(request.method, path, request.content, dict(request.headers))
        return httpx.Response(reply.status, headers=dict(reply.headers), content=reply.body.encode())


@dataclass(frozen=True)
class Admin:
    """The API for an admin, through the same handler."""

    shop: Shop

    def get(self, path: str) -> Any:
        """Return the resource."""
        return self.shop.get(path).json

    def pages(self, path: str) -> Iterator[Any]:
        """Yield every entry of a list."""
        while path:
            reply = self.shop.get(path)
            yield from reply.json
            link = reply.headers.get("Link", "")
            path = urljoin(path, link.partition("<")[2].partition(">")[0]) if link else ""


def sell(shop: Shop, shoppers: int, units: int) -> Sale:
    """Put a product on sale and rehearse its sale."""
    return loops.run(_sell(shop, shoppers, units))


async def _sell(shop: Shop, shoppers: int, units: int) -> Sale:
    product_id = _put_on_sale(shop, units)
    tokens = [shop.as_shopper().token or "" for _ in range(shoppers)]
    async with httpx.AsyncClient(transport=Handler(shop), base_url="http://shop") as http:
        client = Client(http, Tally(), Random(1))
        crowd = Crowd(client, SharedCache(client), product_id, seed=1)
        messages = asyncio.create_task(_deliver(shop.queue))
        records = await crowd.visit(tokens, AT_ONCE.arrivals(shoppers, Random(1)), Terminal(io.StringIO()))
        await _settle(Admin(shop.as_admin()), product_id)
        messages.cancel()
        account = await evidence.gather(Admin(shop.as_admin()), client, product_id, records)
    return Sale(records, account, LIMIT)


def _put_on_sale(shop: Shop, units: int) -> str:
    wanted = {
        "name": "Rehearsed",
        "price": 10,
        "totalStock": units,
        "holdSeconds": HOLD_SECONDS,
        "maxPerShopper": LIMIT,
    }
    reply = shop.as_admin().post("/admin/products", wanted)
    assert reply.status == 201, reply.body
    return str(reply.json["id"])


async def _settle(admin: Admin, product_id: str) -> None:
    """Sweep until no unit is held, or until even an extended hold of a shopper who left has lapsed."""
    deadline = time.monotonic() + 2 * HOLD_SECONDS
    while time.monotonic() < deadline and evidence.audit_of(admin, product_id)["held"]:
        await asyncio.sleep(SECONDS_BETWEEN_DELIVERIES)
        sweep(database.current())


async def _deliver(queue: Recorder) -> None:
    """Deliver each message at once and again when it is due: SQS may deliver twice. What comes early is sent again."""
    due: list[tuple[float, UUID]] = []
    while True:
        now = time.monotonic()
        due += [(now + after, identifier) for identifier, seconds in queue.sent for after in (0, seconds)]
        queue.sent.clear()
        for at, identifier in [message for message in due if message[0] <= now]:
            due.remove((at, identifier))
            with suppress(psycopg.Error):  # a constraint that stopped a planted bug
                left = database.current().run(expire, identifier)
                due += [] if left is None else [(now + left, identifier)]
        await asyncio.sleep(SECONDS_BETWEEN_DELIVERIES)
