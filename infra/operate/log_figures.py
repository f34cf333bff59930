"""What the log says of a sale and the database does not: refusals, the order of requests, and their times."""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate

ANSWERS = ("reserved", "refused")
SOLD_OUT = "insufficient-stock"
POINTS = 1_000  # of the plot of orders


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a reserve, as its log line says. Times are Unix seconds and milliseconds."""

    product_id: str
    reason: str  # of a refusal, else empty
    at: float
    arrived_ms: int | None
    database_ms: float | None  # None: refused before the database looked at it
    function_ms: float


@dataclass(frozen=True, slots=True)
class Times:
    """Percentiles in milliseconds."""

    median: float
    p99: float
    longest: float


@dataclass(frozen=True, slots=True)
class Order:
    """The order in which requests arrived at API Gateway, against the order in which they were answered."""

    requests: int  # whose arrival is known
    overtaken: int  # refused for lack of stock after a request that arrived later had got units
    median_places: int  # by how many places a served request is off the order of arrival
    p99_places: int
    points: list[tuple[int, int]] = field(default_factory=list)  # of served requests: places of arrival and of answer


@dataclass(frozen=True, slots=True)
class LogFigures:
    """The figures of one product."""

    reserved: int  # requests
    refused: dict[str, int]  # requests by reason
    database: Times | None
    function: Times | None
    answer: Times | None  # from the arrival to the log line
    order: Order | None


def answers(lines: Iterable[str], since: datetime | None, until: datetime | None) -> list[Answer]:
    """Return the answers that the lines tell of, from `since` until before `until`, in the order of the clock."""
    read = (found for line in lines if (found := _read(line)))
    first, last = since.timestamp() if since else 0.0, until.timestamp() if until else float("inf")
    return sorted((one for one in read if first <= one.at < last), key=lambda one: one.at)


def figures(given: Sequence[Answer]) -> LogFigures:
    """Return the figures of answers in the order of the clock."""
    refused = Counter(one.reason for one in given if one.reason)
    known = [one for one in given if one.arrived_ms is not None]
    return LogFigures(
        sum(not one.reason for one in given),
        dict(sorted(refused.items(), key=lambda item: (-item[1], item[0]))),
        times([one.database_ms for one in given if one.database_ms is not None]),
        times([one.function_ms for one in given]),
        times([one.at * 1000 - (one.arrived_ms or 0) for one in known]),
        order(known) if known else None,
    )


def times(values: Iterable[float]) -> Times | None:
    """Return the percentiles of values: of n, the one in place n/2 or 99n/100, rounded up."""
    ordered = sorted(values)
    if not ordered:
        return None
    return Times(*(round(ordered[_place(len(ordered), percent)], 3) for percent in (50, 99, 100)))


def order(given: Sequence[Answer]) -> Order:
    """Compare the order of arrival with that of the answers, in which they are given."""
    arrivals = [one.arrived_ms or 0 for one in given]
    latest_served = accumulate(
        (0 if one.reason else arrived for one, arrived in zip(given, arrivals, strict=True)), max, initial=0
    )
    pairs = zip(given, arrivals, latest_served, strict=False)
    overtaken = sum(one.reason == SOLD_OUT and arrived < served for one, arrived, served in pairs)
    served = [arrived for one, arrived in zip(given, arrivals, strict=True) if not one.reason]
    in_order = sorted(served)
    places = [(bisect_left(in_order, arrived), place) for place, arrived in enumerate(served)]
    off = sorted(max(0, _distance(in_order, *pair)) for pair in places) or [0]
    points = places[:: max(1, len(places) // POINTS)]
    return Order(len(given), overtaken, off[_place(len(off), 50)], off[_place(len(off), 99)], points)


def _distance(in_order: Sequence[int], arrival: int, answer: int) -> int:
    """Return how many places an answer is off. Requests of one millisecond may be answered in any order."""
    last = bisect_left(in_order, in_order[arrival] + 1) - 1
    return max(arrival - answer, answer - last)


def _place(length: int, percent: int) -> int:
    return max(0, -(-length * percent // 100) - 1)


def _read(line: str) -> Answer | None:
    """Return the answer that a line tells of, or None if it is another line."""
    if not any(f'"{message}"' in line for message in ANSWERS):
        return None
    try:
        event = json.loads(line)
        if event["message"] not in ANSWERS:
            return None
        at = datetime.fromisoformat(event["timestamp"]).timestamp()
        reason = event["reason"] if event["message"] == "refused" else ""
        milliseconds = event.get("database_ms"), event["function_ms"]
        return Answer(event["product_id"], reason, at, event.get("arrived_ms"), *milliseconds)
    except (ValueError, KeyError, TypeError):  # not a line of the application, or of an earlier version
        return None
