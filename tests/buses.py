"""An event bus that remembers what it was sent, and does what a test wants meanwhile."""

from collections.abc import Callable, Sequence
from typing import Any

from psycopg import Connection

from chalicelib.aws.event_bus import Event, EventBus
from chalicelib.db.connection import Database
from chalicelib.jobs.publish import publish
from chalicelib.jobs.schedule import Timer
from tests.waiting import eventually

PATIENT = Timer(lambda: 60_000, lambda: 0.0, lambda _: None)
"""An invocation that has all the time there is."""


class RememberingBus(EventBus):
    """Connects to nothing; `meanwhile` is called while a batch is on its way, and may fail."""

    def __init__(self, name: str = "shop") -> None:
        super().__init__(name)
        self.batches: list[list[Event]] = []
        self.meanwhile: Callable[[], Any] = lambda: None

    def open(self) -> Any:
        """Do nothing."""

    def send(self, events: Sequence[Event]) -> None:
        """Take a batch, unless `meanwhile` fails."""
        self.meanwhile()
        self.batches.append(list(events))

    @property
    def told(self) -> list[tuple[str, str | None]]:
        """What happened to which reservation."""
        return [(event.detail["event"], event.detail["reservationId"]) for batch in self.batches for event in batch]


def settle(connection: Connection) -> None:
    """Wait until no transaction runs any more that is older than the journal's last entry: not even a vacuum's."""
    look = "SELECT pg_snapshot_xmin(pg_current_snapshot()) > max(transaction) FROM journal"
    eventually(lambda: connection.execute(look).fetchone() == (True,), within=30)


def sent(connection: Connection, environment: Database, bus: RememberingBus) -> int:
    """Publish once nothing older is running; return how many entries were sent."""
    settle(connection)
    return publish(environment, bus, PATIENT)
