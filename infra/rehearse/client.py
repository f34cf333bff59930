"""The API as the shop's browser code calls it: a timeout of 10 s, and the same request again after a failure."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import httpx

from infra.rehearse.record import Answer
from infra.rehearse.tally import Tally

TIMEOUT_SECONDS = 10
ATTEMPTS = 8
LONGEST_PAUSE = 30.0
SERVER_TIME = "X-Server-Time"


@dataclass(frozen=True, slots=True)
class Client:
    """Sends requests and measures them. `chance` spreads the pauses."""

    http: httpx.AsyncClient
    tally: Tally
    chance: Random

    async def send(
        self, method: str, path: str, token: str = "", body: object = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Return the answer; one with the status 0 if there is no reply."""
        credentials = {"Authorization": f"Bearer {token}"} if token else {}
        began, moment = time.monotonic(), datetime.now(UTC)
        try:
            reply = await self.http.request(method, path, json=body, headers={**credentials, **(headers or {})})
        except httpx.HTTPError:
            reply = None
        seconds = time.monotonic() - began
        answer = _answer(reply, moment, seconds)
        self.tally.requests += 1
        self.tally.unavailable += answer.is_unavailable
        return answer

    async def until_answered(self, send: Callable[[], Awaitable[Answer]]) -> Answer:
        """Send again while the stage is unavailable, as a shopper who presses again does; return the last answer."""
        for failures in range(1, ATTEMPTS):
            answer = await send()
            if not answer.is_unavailable:
                return answer
            await asyncio.sleep(answer.retry_after or self._backoff(failures))
        return await send()

    def _backoff(self, failures: int) -> float:
        """Return the shop's pause in seconds: it doubles, and its upper half is random."""
        full = min(LONGEST_PAUSE, 2.0 ** (failures - 1))
        return full / 2 + self.chance.uniform(0, full / 2)


def _answer(reply: httpx.Response | None, moment: datetime, seconds: float) -> Answer:
    if reply is None:
        return Answer(0, None, moment, moment + timedelta(seconds=seconds), seconds)
    answered = datetime.fromisoformat(reply.headers[SERVER_TIME]) if SERVER_TIME in reply.headers else None
    latest = answered or moment + timedelta(seconds=seconds)
    earliest = latest - timedelta(seconds=seconds)
    retry_after = reply.headers.get("Retry-After", "")
    return Answer(
        reply.status_code, _body(reply), earliest, latest, seconds, float(retry_after) if retry_after.isdigit() else 0
    )


def _body(reply: httpx.Response) -> Any:
    try:
        return reply.json()
    except ValueError:
        return None
