"""The stage's own account of the sale, read through its API after the sale."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from infra.problems import PlatformError
from infra.rehearse.client import Client
from infra.rehearse.record import Answer, Record
from infra.rehearse.requests import PAGE

AT_ONCE = 8


class Admin(Protocol):
    """Reads the API with an admin's token, as `infra.operate.stage.Stage` does."""

    def get(self, path: str) -> Any:
        """Return the resource."""

    def pages(self, path: str) -> Iterator[Any]:
        """Yield every entry of a list."""


@dataclass(frozen=True)
class Evidence:
    """What the stage has: each shopper's reservations and entries, timelines, the audit, and the payments to refund."""

    product: dict[str, Any]
    audit: dict[str, Any]
    refunds: Sequence[str]
    """References of payments."""
    by_shopper: dict[int, list[dict[str, Any]]] = field(repr=False)
    timelines: dict[str, list[dict[str, Any]]] = field(repr=False)
    """Of the expired reservations, by id."""
    waiters: dict[int, list[dict[str, Any]]] = field(default_factory=dict, repr=False)
    """The entries of each shopper in waiting lists."""

    @cached_property
    def reservations(self) -> list[dict[str, Any]]:
        """All reservations."""
        return [reservation for listed in self.by_shopper.values() for reservation in listed]

    def units(self, status: str) -> int:
        """Return how many units the reservations of a status have."""
        return sum(one["quantity"] for one in self.reservations if one["status"] == status)

    @cached_property
    def lateness(self) -> list[float]:
        """The seconds from each lapse until the units returned to the stock rows, in order."""
        times = [{entry["event"]: entry["at"] for entry in timeline} for timeline in self.timelines.values()]
        return sorted(_seconds(one["LAPSED"], one["EXPIRED"]) for one in times if "EXPIRED" in one)

    @cached_property
    def sold_out_after(self) -> float | None:
        """The seconds from the first reservation until no unit was free, or None if that never happened."""
        begin = min((one["createdAt"] for one in self.reservations), default=None)
        full = next((at for at, taken in occupancy(self.reservations) if taken >= self.product["totalStock"]), None)
        return None if begin is None or full is None else (full - datetime.fromisoformat(begin)).total_seconds()


def occupancy(reservations: Sequence[dict[str, Any]]) -> list[tuple[datetime, int]]:
    """Return the instants at which the number of held and sold units changes, each with the number from then on.

    A unit counts from the reservation's `createdAt` until it is cancelled or lapses. At one instant units return first.
    """
    changes = [(datetime.fromisoformat(one["createdAt"]), one["quantity"]) for one in reservations]
    for one in reservations:
        if end := one["cancelledAt"] or one["expiredAt"]:
            changes.append((datetime.fromisoformat(end), -one["quantity"]))
    steps: dict[datetime, int] = {}
    taken = 0
    for at, units in sorted(changes):
        taken += units
        steps[at] = taken
    return list(steps.items())


async def gather(admin: Admin, client: Client, product_id: str, records: Sequence[Record]) -> Evidence:
    """Read everything. Raise PlatformError if the stage does not answer."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def read(path: str, record: Record) -> Any:
        async with turn:
            answer = await client.until_answered(lambda: client.send("GET", path, record.token))
        return _body(answer, path)

    lists = await asyncio.gather(*(read(f"/reservations?limit={PAGE}", record) for record in records))
    entries = await asyncio.gather(*(read("/waiters", record) for record in records))
    expired = [
        (record, one["id"])
        for record, listed in zip(records, lists, strict=True)
        for one in listed
        if one["status"] == "EXPIRED"
    ]
    details = await asyncio.gather(*(read(f"/reservations/{identifier}", record) for record, identifier in expired))
    return Evidence(
        await asyncio.to_thread(admin.get, f"/products/{product_id}"),
        await asyncio.to_thread(audit_of, admin, product_id),
        [refund["paymentReference"] for refund in await asyncio.to_thread(_refunds, admin)],
        {record.number: listed for record, listed in zip(records, lists, strict=True)},
        {detail["id"]: detail["timeline"] for detail in details},
        {record.number: listed for record, listed in zip(records, entries, strict=True)},
    )


def audit_of(admin: Admin, product_id: str) -> dict[str, Any]:
    """Return the product's line of the audit."""
    return next(line for line in admin.get("/admin/audit") if line["productId"] == product_id)


def _refunds(admin: Admin) -> list[dict[str, Any]]:
    return list(admin.pages(f"/admin/refunds?limit={PAGE}"))


def _body(answer: Answer, path: str) -> Any:
    if not answer.is_success:
        raise PlatformError(f"The verdict needs GET {path}, but the stage answers {answer.status or 'nothing'}.")
    return answer.body


def _seconds(begin: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(begin)).total_seconds()
