"""The list of products as all shoppers read it: through a cache for one second, as CloudFront keeps it."""

import asyncio
import time
from dataclasses import dataclass, field

from infra.rehearse.client import Client
from infra.rehearse.record import Answer

SECONDS = 1.0


@dataclass(slots=True)
class SharedCache:
    """Passes at most one request a second on to the stage; those that come meanwhile wait for its answer."""

    client: Client
    seconds: float = SECONDS
    """0 behind a cache of the stage's own, such as CloudFront."""
    _answer: Answer | None = None
    _answered_at: float = 0
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def products(self) -> Answer:
        """Return the answer of the cache or of the stage."""
        if not self.seconds:
            return await self.client.send("GET", "/products")
        async with self._asking:
            if self._answer is None or time.monotonic() - self._answered_at > self.seconds:
                self._answer = await self.client.send("GET", "/products")
                self._answered_at = time.monotonic()
            return self._answer
