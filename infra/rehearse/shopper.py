"""One shopper, from the arrival to the end of the visit."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from random import Random
from typing import Any
from uuid import uuid4

from infra.rehearse.plan import Intent, Plan
from infra.rehearse.record import Answer
from infra.rehearse.requests import Requests
from infra.rehearse.shared_cache import SharedCache
from infra.rehearse.tally import Tally

ON_OFFER_SECONDS = 1.0
SOLD_OUT_SECONDS = 5.0
HELD_SECONDS = 30.0
TRIES = 3
PATIENCE = 3


@dataclass(frozen=True, slots=True)
class Shopper:
    """Reserves one product, and does with the hold what the plan says."""

    requests: Requests
    plan: Plan
    products: SharedCache
    product_id: str
    tally: Tally
    chance: Random

    async def visit(self) -> None:
        """Look at the products all the time, as an open tab does, and try to buy."""
        self.tally.arrived += 1
        await self.products.products()
        tab = asyncio.create_task(self._look())
        try:
            await self._buy()
        finally:
            tab.cancel()
            with suppress(asyncio.CancelledError):
                await tab
            self.tally.left += 1

    async def _look(self) -> None:
        """Read the products each second while they are on offer, and more seldom otherwise or if the stage is slow."""
        while True:
            answer = await self.products.products()
            pause = ON_OFFER_SECONDS if _units(answer, self.product_id) else SOLD_OUT_SECONDS
            await asyncio.sleep(max(self._about(pause), 2 * answer.seconds))

    async def _buy(self) -> None:
        for _ in range(TRIES):
            answer = await self._reserve()
            if answer.status == HTTPStatus.CREATED:
                await self._keep(answer.body)
                return
            if answer.problem != "insufficient-stock":
                return
            if self.plan.joins_list:
                if hold := await self._wait_in_line():
                    await self._keep(hold)
                return
            if not self.plan.waits_for_release:
                return
            await self._until(answer.body["nextReleaseAt"])

    async def _wait_in_line(self) -> dict[str, Any] | None:
        """Wait for an offer for three times the length of a hold, and leave then. Return the hold, if there was one."""
        joined = await self.requests.join(self.product_id, self.plan.quantity)
        if joined.status != HTTPStatus.CREATED:
            return None
        self.tally.waiting += 1
        length = _hold_seconds(await self.products.products(), self.product_id)
        deadline = time.monotonic() + PATIENCE * length
        entry = joined.body
        while entry["status"] == "WAITING" and time.monotonic() < deadline:
            await asyncio.sleep(self._about(min(SOLD_OUT_SECONDS, length / 4)))
            entry = _entry(await self.requests.waiters(), entry)
        if entry["status"] == "WAITING":
            await self.requests.leave(entry["id"])
            entry = _entry(await self.requests.waiters(), entry)
        if entry["status"] != "OFFERED":
            return None
        self.tally.offered += 1
        listed = await self.requests.client.until_answered(self.requests.list)
        return (
            next((one for one in listed.body if one["id"] == entry["reservationId"]), None)
            if listed.is_success
            else None
        )

    async def _reserve(self) -> Answer:
        answer = await self.requests.reserve(
            self.product_id,
            self.plan.quantity,
            copies=1 + self.plan.presses_twice,
            lost=int(self.plan.loses_reply),
        )
        self.tally.reserved += answer.status == HTTPStatus.CREATED
        self.tally.refused += bool(answer.problem) and not answer.is_unavailable
        return answer

    async def _keep(self, hold: dict[str, Any]) -> None:
        """Do what the plan says; while the tab is open, the own reservations are read every 30 s."""
        reading = asyncio.create_task(self._read())
        try:
            await self._follow(hold)
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError):
                await reading

    async def _follow(self, hold: dict[str, Any]) -> None:
        match self.plan.intent:
            case Intent.PAY:
                await self._within(hold, 0.1, 0.7)
                await self._pay(hold)
            case Intent.CANCEL:
                await self._within(hold, 0.1, 0.7)
                await self.requests.cancel(hold["id"])
            case Intent.EXTEND:
                await self._within(hold, 0.1, 0.5, since="extendableAt")
                await self.requests.extend(hold)
                await self._within(hold, 1.05, 1.4)
                await self._pay(hold)
            case Intent.PAY_LATE:
                await self._until(hold["expiresAt"])
                await self._pay(hold)
            case Intent.WATCH:
                await self._until(hold["expiresAt"])
                await self.requests.list()

    async def _pay(self, hold: dict[str, Any]) -> None:
        answer = await self.requests.complete(hold["id"], f"rehearsal-{uuid4()}")
        self.tally.paid += answer.is_success

    async def _read(self) -> None:
        while True:
            await asyncio.sleep(self._about(HELD_SECONDS))
            await self.requests.list()

    async def _within(self, hold: dict[str, Any], low: float, high: float, since: str = "createdAt") -> None:
        """Wait for a part of the time from one instant of the hold, or if it has none from its start, to its lapse."""
        begin, expires = (
            datetime.fromisoformat(hold[since] or hold["createdAt"]),
            datetime.fromisoformat(hold["expiresAt"]),
        )
        moment = begin + (expires - begin) * self.chance.uniform(low, high)
        await asyncio.sleep((moment - datetime.now(UTC)).total_seconds())

    async def _until(self, moment: str | None) -> None:
        """Wait until a little after a time of the stage, as far as it is known."""
        rest = (datetime.fromisoformat(moment) - datetime.now(UTC)).total_seconds() if moment else SOLD_OUT_SECONDS
        await asyncio.sleep(max(0, rest) + self.chance.uniform(0.1, 1))

    def _about(self, seconds: float) -> float:
        return seconds * self.chance.uniform(0.8, 1.2)


def _units(answer: Answer, product_id: str) -> int:
    """Return how many units the list of products shows; some if there is no list."""
    if not answer.is_success:
        return 1
    return sum(product["availableStock"] for product in answer.body if product["id"] == product_id)


def _hold_seconds(answer: Answer, product_id: str) -> float:
    """Return the length of a hold that the list of products shows; some length if there is no list."""
    if not answer.is_success:
        return SOLD_OUT_SECONDS
    return float(next(product["holdSeconds"] for product in answer.body if product["id"] == product_id))


def _entry(answer: Answer, known: dict[str, Any]) -> dict[str, Any]:
    """Return the entry as the list shows it now, or as it was known if there is no list."""
    listed = answer.body if answer.is_success else []
    return next((one for one in listed if one["id"] == known["id"]), known)
