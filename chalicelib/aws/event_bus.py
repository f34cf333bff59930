"""The event bus, which sends transitions to other systems. The only module that calls EventBridge."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import batched
from typing import TYPE_CHECKING

from chalicelib import config
from chalicelib.errors import NotPublished
from chalicelib.formats import Json

if TYPE_CHECKING:
    from types_boto3_events import EventBridgeClient
    from types_boto3_events.type_defs import PutEventsRequestEntryTypeDef

SOURCE = "flash-sale"
BATCH = 10  # EventBridge takes no more in one call
CALLS_AT_ONCE = 8
SENT_AT_ONCE = BATCH * CALLS_AT_ONCE
CONNECT_TIMEOUT_SECONDS = 1
READ_TIMEOUT_SECONDS = 2  # one attempt: less than idle_in_transaction_session_timeout; the next pass retries


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the journal, as the bus receives it."""

    name: str
    at: datetime
    detail: Json


class EventBus:
    """Sends events to the event bus `name`."""

    def __init__(self, name: str) -> None:
        """Open no connection. boto3 is loaded on first use."""
        self.name = name
        self._client: EventBridgeClient | None = None

    def open(self) -> "EventBridgeClient":
        """Load boto3 and return the client. Slow: call it before a transaction begins. Raises NotPublished."""
        if self._client is None:
            with _translated():
                self._client = _client()
        return self._client

    def send(self, events: Sequence[Event]) -> None:
        """Send at most SENT_AT_ONCE events, once; raise NotPublished if the bus did not take all of them."""
        self.open()
        with ThreadPoolExecutor(CALLS_AT_ONCE) as threads:
            list(threads.map(self._put, batched(events, BATCH, strict=False)))

    def _put(self, events: Sequence[Event]) -> None:
        client = self.open()
        with _translated():
            reply = client.put_events(Entries=[self._entry(event) for event in events])
        if reply["FailedEntryCount"]:
            codes = {entry["ErrorCode"] for entry in reply["Entries"] if "ErrorCode" in entry}
            raise NotPublished(", ".join(sorted(codes)))

    def _entry(self, event: Event) -> "PutEventsRequestEntryTypeDef":
        return {
            "EventBusName": self.name,
            "Source": SOURCE,
            "DetailType": event.name,
            "Time": event.at,
            "Detail": json.dumps(event.detail),
        }


def _client() -> "EventBridgeClient":
    import boto3
    from botocore.config import Config

    return boto3.client(
        "events",
        config=Config(
            connect_timeout=CONNECT_TIMEOUT_SECONDS,
            read_timeout=READ_TIMEOUT_SECONDS,
            retries={"total_max_attempts": 1, "mode": "standard"},
        ),
    )


@contextmanager
def _translated() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise NotPublished(type(error).__name__) from error


@cache
def current() -> EventBus | None:
    """Return the event bus of this execution environment; None if EVENT_BUS_NAME is off."""
    name = config.load().event_bus_name
    return EventBus(name) if name else None
