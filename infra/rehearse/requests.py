"""The requests of one shopper; each is kept in the shopper's record."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from infra.rehearse.client import Client
from infra.rehearse.record import Action, Answer, Exchange, Record

PAGE = 200  # the most that one reply lists


@dataclass(frozen=True, slots=True)
class Requests:
    """Sends what the shopper wants until there is an answer, as the shop does."""

    client: Client
    record: Record

    async def reserve(self, product_id: str, quantity: int, *, copies: int = 1, lost: int = 0) -> Answer:
        """Reserve with a key of its own: `copies` at once, and `lost` times more because the reply was lost."""
        key = str(uuid4())
        send = partial(self._reserve_once, product_id, quantity, key)
        for _ in range(lost):
            await send()
        answers = await asyncio.gather(*(self.client.until_answered(send) for _ in range(copies)))
        return answers[-1]

    async def extend(self, reservation: dict[str, Any]) -> Answer:
        """Extend once. Without an answer the reservation is read: a repeated request would extend it again."""
        identifier = reservation["id"]
        answer = await self._change(Action.EXTEND, identifier)
        if answer.is_unavailable:
            await self.list()
            known = self.record.last_heard().get(identifier, reservation)
            if known["expiresAt"] == reservation["expiresAt"] and known["status"] == "ACTIVE":
                answer = await self._change(Action.EXTEND, identifier)
        return answer

    async def complete(self, identifier: str, reference: str) -> Answer:
        """Pay. Without an answer the same payment is sent again."""
        send = partial(self._change, Action.COMPLETE, identifier, reference)
        return await self.client.until_answered(send)

    async def cancel(self, identifier: str) -> Answer:
        """Give the units back."""
        return await self.client.until_answered(partial(self._change, Action.CANCEL, identifier))

    async def list(self) -> Answer:
        """Read the shopper's reservations."""
        answer = await self.client.send("GET", f"/reservations?limit={PAGE}", self.record.token)
        self.record.exchanges.append(Exchange(Action.LIST, answer))
        return answer

    async def join(self, product_id: str, quantity: int) -> Answer:
        """Join the waiting list of a product."""
        send = partial(self._wait, Action.JOIN, "POST", f"/products/{product_id}/waiters", {"quantity": quantity})
        return await self.client.until_answered(send)

    async def leave(self, waiter_id: str) -> Answer:
        """Leave a waiting list."""
        return await self.client.until_answered(
            partial(self._wait, Action.LEAVE, "POST", f"/waiters/{waiter_id}/leave")
        )

    async def waiters(self) -> Answer:
        """Read the shopper's entries in waiting lists."""
        return await self._wait(Action.LIST_WAITERS, "GET", "/waiters")

    async def _wait(self, action: Action, method: str, path: str, body: object = None) -> Answer:
        answer = await self.client.send(method, path, self.record.token, body)
        self.record.exchanges.append(Exchange(action, answer))
        return answer

    async def _reserve_once(self, product_id: str, quantity: int, key: str) -> Answer:
        wanted = {"productId": product_id, "quantity": quantity}
        headers = {"Idempotency-Key": key}
        answer = await self.client.send("POST", "/reservations", self.record.token, wanted, headers)
        self.record.exchanges.append(Exchange(Action.RESERVE, answer, quantity, key))
        return answer

    async def _change(self, action: Action, identifier: str, reference: str = "") -> Answer:
        body = {"paymentReference": reference} if reference else None
        answer = await self.client.send("POST", f"/reservations/{identifier}/{action}", self.record.token, body)
        self.record.exchanges.append(Exchange(action, answer, reservation_id=identifier, reference=reference))
        return answer
