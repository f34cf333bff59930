"""All shoppers of a sale, each arriving at the time of the curve, and a line every two seconds about them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from infra.problems import PlatformError
from infra.rehearse.client import Client
from infra.rehearse.evidence import Admin, audit_of
from infra.rehearse.plan import plan
from infra.rehearse.record import Record
from infra.rehearse.requests import Requests
from infra.rehearse.shared_cache import SharedCache
from infra.rehearse.shopper import Shopper
from infra.rehearse.tally import Tally
from infra.terminal import Terminal

SECONDS_PER_LINE = 2
SECONDS_TO_EXPIRE = 90
"""The schedule starts the sweep each minute."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The shoppers of one product."""

    client: Client
    products: SharedCache
    product_id: str
    seed: int

    async def visit(self, tokens: Sequence[str], arrivals: Sequence[float], terminal: Terminal) -> list[Record]:
        """Let every shopper come and go; return what each of them asked and was told."""
        records = [Record(number, token) for number, token in enumerate(tokens, 1)]
        lines = asyncio.create_task(report(self.client.tally, terminal))
        try:
            async with asyncio.TaskGroup() as tasks:
                for record, second in zip(records, arrivals, strict=True):
                    tasks.create_task(self._arrive(record, second))
        finally:
            lines.cancel()
        return records

    async def _arrive(self, record: Record, second: float) -> None:
        await asyncio.sleep(second)
        chance = Random(f"{self.seed} {record.number}")  # noqa: S311 - guards nothing
        requests = Requests(self.client, record)
        await Shopper(requests, plan(chance), self.products, self.product_id, self.client.tally, chance).visit()


async def report(tally: Tally, terminal: Terminal) -> None:
    """Write a line about the sale every two seconds, without end."""
    begin = asyncio.get_running_loop().time()
    while True:
        await asyncio.sleep(SECONDS_PER_LINE)
        terminal.say(
            f"  {asyncio.get_running_loop().time() - begin:5.0f} s  {tally.arrived} arrived, {tally.left} left; "
            f"{tally.reserved} reserved, {tally.refused} refused, {tally.paid} paid; "
            f"{tally.waiting} joined the waiting list, {tally.offered} got an offer; "
            f"{tally.requests} requests, {tally.unavailable} of them sent again"
        )


async def settle(admin: Admin, product_id: str, longest_hold: float) -> None:
    """Return when no unit is held any more, or when even the sweep should have expired the last hold."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + longest_hold + SECONDS_TO_EXPIRE
    while loop.time() < deadline and await asyncio.to_thread(_holds, admin, product_id):
        await asyncio.sleep(1)


def _holds(admin: Admin, product_id: str) -> bool:
    """Return whether units are held; also if the stage does not answer, for example because its database restarts."""
    try:
        return bool(audit_of(admin, product_id)["held"])
    except PlatformError:
        return True
