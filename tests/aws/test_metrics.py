"""What the functions measure is what the alarms watch."""

import json

import pytest

from chalicelib import metrics
from chalicelib.db import journal
from chalicelib.jobs import measure
from chalicelib.jobs.audit import audit
from infra.paths import ROOT
from tests.aws.rules_of_metrics import AUDIT, EVENTS, KNOWN


class Balanced:
    """A database in which everything is in order."""

    def run(self, work: object) -> object:
        return [] if work is journal.audit else 0.0


def test_audit_measures_what_alarms_watch(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "flash-sale-dev")
    assert audit(Balanced()).keys() == AUDIT
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    (sent,) = line["_aws"]["CloudWatchMetrics"]
    assert {one["Name"] for one in sent["Metrics"]} == AUDIT
    assert (sent["Namespace"], sent["Dimensions"], line["service"]) == ("FlashSale", [["service"]], "flash-sale-dev")


def test_every_metric_that_alarms_and_dashboard_may_show_is_named_in_the_code() -> None:
    code = "".join(file.read_text() for file in (ROOT / "chalicelib").rglob("*.py"))
    assert [name for name in KNOWN["FlashSale", ("service",)] if f'"{name}"' not in code] == []


def test_namespace_is_the_one_of_the_alarms() -> None:
    assert (metrics.NAMESPACE, ("service",)) in KNOWN


def test_the_sweep_counts_the_events_that_the_dashboard_shows() -> None:
    assert set(measure.METRICS.values()) == EVENTS
