"""What `GET /admin/sale` does not say of a sale: failures of the last minute, and the last balance."""

import json
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from infra.operate.stage import Stage
from infra.problems import PlatformError

WINDOW_SECONDS = 60
AUDIT_SECONDS = 30  # the audit reads whole tables
FAILURES = {
    "database unavailable": "database busy",
    "expiry message not sent; the sweep will expire this hold": "queue",
}

Lines = Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Signals:
    """Failures in the last minute, and whether every product balances."""

    source: str
    failures: Mapping[str, int] = field(default_factory=dict)
    balance: str = "not known"


class Source(Protocol):
    """Where signals come from."""

    def look(self) -> Signals:
        """Return what is known now."""


class LogSignals:
    """Counts lines that the functions have logged since the watch began, and audits the stock now and then."""

    def __init__(self, api: Stage, lines: Lines, clock: Callable[[], float] = time.time) -> None:
        self._api, self._lines, self._clock = api, lines, clock
        self._seen: deque[tuple[float, str]] = deque()
        self._balance, self._audit_at = "not known", 0.0

    def look(self) -> Signals:
        """Return the counts of the last minute, and the last audit."""
        self._seen.extend(seen for line in self._lines() if (seen := _read(line)))
        while self._seen and self._seen[0][0] <= self._clock() - WINDOW_SECONDS:
            self._seen.popleft()
        return Signals("the functions' log", Counter(what for _, what in self._seen), self._audited())

    def _audited(self) -> str:
        if self._clock() >= self._audit_at:
            self._audit_at = self._clock() + AUDIT_SECONDS
            self._balance = audited(self._api, datetime.fromtimestamp(self._clock()).astimezone())
        return self._balance


def audited(api: Stage, now: datetime) -> str:
    """Return in words whether every product balances."""
    try:
        lines = api.get("/admin/audit")
    except PlatformError as error:
        return f"not known: {error}"
    return balance(sum(not (line["balanced"] and line["journalAgrees"]) for line in lines), now)


def balance(drifting: int, at: datetime) -> str:
    """Return in words how many products do not balance."""
    return f"{f'PRODUCTS OUT OF BALANCE: {drifting}' if drifting else 'every unit in its place'} at {at:%H:%M:%S}"


def _read(line: str) -> tuple[float, str] | None:
    """Return when a line was logged and what it counts as, or None."""
    if not any(text in line for text in FAILURES):
        return None
    try:
        event = json.loads(line)
        return datetime.fromisoformat(event["timestamp"]).timestamp(), FAILURES[event["message"]]
    except (ValueError, KeyError, TypeError):  # not a line of the application
        return None
