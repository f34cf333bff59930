"""Measure: emit metrics of what happened in the sale, counted by the database once for all functions.

No request emits them. They therefore contain what no function sees, such as a hold that a reserve reclaims, and cost a
request nothing. An interval that no pass measures is missing, and one that two environments measure is counted twice.
The database knows refusals only approximately: the function that refuses logs them with their metric.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from chalicelib import metrics
from chalicelib.db import sale
from chalicelib.db.connection import Database
from chalicelib.db.sale import Events

# Names of metrics by event. All of them count units.
METRICS = {
    "RESERVED": "Reserved",  # includes those that were offered
    "OFFERED": "Offered",
    "COMPLETED": "Completed",
    "CANCELLED": "Cancelled",
    "EXPIRED": "Lapsed",
}


@dataclass(slots=True)
class Progress:
    """The end of the last interval that an environment has measured."""

    until: datetime = datetime.min.replace(tzinfo=UTC)


@cache
def current() -> Progress:
    """Return the progress of this execution environment."""
    return Progress()


def measure(database: Database, interval_seconds: int) -> None:
    """Emit the metrics of the last whole interval, unless this environment has measured it before. Raises Busy.

    If it raises Busy, nothing has been emitted, and the next call may measure the same interval.
    """
    since, until = database.run(sale.last_window, interval_seconds)
    if until <= current().until:
        return
    events = database.run(sale.events, since, until)
    delays = database.run(sale.delay_sample, since, until, metrics.VALUES_MAX)
    current().until = until
    for product_id in sorted({event.product_id for event in events}):
        _emit((event for event in events if event.product_id == product_id), product_id=str(product_id))
    _emit(events)
    expired: Counter[str] = Counter()
    for event in events:
        expired[event.by] += event.units if event.event == "EXPIRED" else 0
    for by, units in sorted((+expired).items()):
        metrics.emit({"Expired": units}, by=by)
    if delays:
        metrics.emit({"ExpiryDelaySeconds": delays})


def _emit(events: Iterable[Events], **dimensions: str) -> None:
    units: Counter[str] = Counter()
    for event in events:
        if event.event in METRICS:
            units[METRICS[event.event]] += event.units
    if units:
        metrics.emit(units, **dimensions)
