"""What the functions measure is what the alarms watch."""

import json

import pytest

from chalicelib import metrics
from chalicelib.db import journal
from chalicelib.jobs.audit import audit
from tests.aws.rules_of_metrics import CUSTOM, KNOWN


class Balanced:
    """A database in which everything is in order."""

    def run(self, work: object) -> object:
        return [] if work is journal.audit else 0.0


def test_audit_measures_what_alarms_watch(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "flash-sale-dev")
    assert audit(Balanced()).keys() == CUSTOM
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    (sent,) = line["_aws"]["CloudWatchMetrics"]
    assert {one["Name"] for one in sent["Metrics"]} == CUSTOM
    assert (sent["Namespace"], sent["Dimensions"], line["service"]) == ("FlashSale", [["service"]], "flash-sale-dev")


def test_namespace_is_the_one_of_the_alarms() -> None:
    assert (metrics.NAMESPACE, ("service",)) in KNOWN
