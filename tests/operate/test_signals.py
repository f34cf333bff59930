"""Failures of the last minute, read from the functions' log."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from infra.operate.signals import AUDIT_SECONDS, LogSignals
from infra.problems import PlatformError

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC).timestamp()
BALANCED = {"balanced": True, "journalAgrees": True}


class Api:
    """An API whose audits are given."""

    def __init__(self, *audits: object) -> None:
        self._audits: Iterator[object] = iter(audits)

    def get(self, path: str) -> object:
        assert path == "/admin/audit"
        audit = next(self._audits)
        if isinstance(audit, Exception):
            raise audit
        return audit


def line(message: str, seconds_ago: float = 0) -> str:
    """Return a line of the log."""
    timestamp = datetime.fromtimestamp(NOW - seconds_ago, UTC).isoformat()
    return json.dumps({"message": message, "timestamp": timestamp}, separators=(",", ":"))


class Watched:
    """A log and a clock that a test writes and turns."""

    def __init__(self, *audits: object) -> None:
        self.lines: list[str] = []
        self.now = NOW
        self.signals = LogSignals(Api(*audits), self._new, lambda: self.now)

    def _new(self) -> list[str]:
        new, self.lines = self.lines, []
        return new


def test_failures_are_counted_for_a_minute() -> None:
    watched = Watched([BALANCED], [BALANCED])
    unsent = line("expiry message not sent; the sweep will expire this hold")
    watched.lines = [line("database unavailable", 30), line("database unavailable"), unsent]
    assert watched.signals.look().failures == {"database busy": 2, "queue": 1}
    watched.now += 31
    assert watched.signals.look().failures == {"database busy": 1, "queue": 1}


@pytest.mark.parametrize(
    "other",
    [
        '{"message":"database unavailable"}',
        '{"message":"database unavailable',
        line("reserved"),
        "database unavailable",
        "",
    ],
)
def test_other_lines_are_passed_over(other: str) -> None:
    watched = Watched([BALANCED])
    watched.lines = [other]
    assert watched.signals.look().failures == {}


def test_the_stock_is_audited_now_and_then() -> None:
    watched = Watched([BALANCED], [{**BALANCED, "journalAgrees": False}, BALANCED])
    assert watched.signals.look().balance.startswith("every unit in its place at ")
    watched.now += AUDIT_SECONDS - 1
    assert watched.signals.look().balance.startswith("every unit")
    watched.now += 1
    assert watched.signals.look().balance.startswith("PRODUCTS OUT OF BALANCE: 1 at ")


def test_an_audit_that_fails_is_no_balance() -> None:
    assert Watched(PlatformError("busy")).signals.look().balance == "not known: busy"
