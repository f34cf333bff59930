"""Failures and the balance of a stage, from CloudWatch's metrics."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.metrics import NAMESPACE
from infra.aws.stage import Stage
from infra.operate.signals import Signals, balance

SECONDS_BETWEEN_LOOKS = 20  # CloudWatch has a value a minute, and each look is paid for
MINUTE = timedelta(minutes=1)
FAILURES = {"DatabaseBusy": "database busy", "QueueFailures": "queue"}
DRIFT = "Drift"
AUDIT = timedelta(minutes=15)  # three audits

Query = tuple[str, dict[str, Any]]
"""What a metric counts as, and CloudWatch's query for it."""


class CloudWatchSignals:
    """Asks CloudWatch for the last whole minute, which it knows about a minute later."""

    def __init__(self, stage: Stage, clock: Callable[[], float] = time.time) -> None:
        self._client = stage.account.client("cloudwatch")
        self._service = [{"Name": "service", "Value": stage.prefix}]
        self._clock = clock
        self._next_look, self._last = 0.0, Signals("CloudWatch")

    def look(self) -> Signals:
        """Return what CloudWatch knows, asked at most every SECONDS_BETWEEN_LOOKS."""
        if self._clock() >= self._next_look:
            self._next_look = self._clock() + SECONDS_BETWEEN_LOOKS
            self._last = self._ask(datetime.fromtimestamp(self._clock(), UTC).replace(second=0, microsecond=0))
        return self._last

    def _ask(self, until: datetime) -> Signals:
        failures = self._values(self._failures(), until - 2 * MINUTE, until)
        drift = self._values([self._drift()], until - AUDIT, until + MINUTE)
        return Signals(
            f"CloudWatch, the minute before {until:%H:%M} UTC",
            failures,
            balance(drift[DRIFT], until) if DRIFT in drift else "not known: no audit in the last 15 minutes",
        )

    def _failures(self) -> list[Query]:
        asked = {"Period": 60, "Stat": "Sum"}
        return [(what, {"Metric": self._of_the_service(name), **asked}) for name, what in FAILURES.items()]

    def _drift(self) -> Query:
        return DRIFT, {"Metric": self._of_the_service(DRIFT), "Period": 300, "Stat": "Maximum"}

    def _of_the_service(self, name: str) -> dict[str, Any]:
        return {"Namespace": NAMESPACE, "MetricName": name, "Dimensions": self._service}

    def _values(self, queries: list[Query], since: datetime, until: datetime) -> dict[str, int]:
        """Return the newest value of each metric that has one."""
        asked = [{"Id": f"m{number}", "MetricStat": query} for number, (_, query) in enumerate(queries)]
        pages = self._client.get_paginator("get_metric_data").paginate(
            MetricDataQueries=asked, StartTime=since, EndTime=until, ScanBy="TimestampDescending"
        )
        found: dict[str, int] = {}
        for result in (result for page in pages for result in page["MetricDataResults"]):
            if result["Values"]:
                found.setdefault(queries[int(result["Id"][1:])][0], round(result["Values"][0]))
        return found
