"""Metrics: a log line that CloudWatch also counts, and lines of their own."""

import json
from typing import Any

import pytest

from chalicelib import metrics
from chalicelib.log import logger
from tests.logs import logged

EMITTED = [
    ({"Lapsed": 2.0}, {}, [["service"]], {"Lapsed": [2.0]}),
    ({"Expired": 3.0}, {"by": "sweep"}, [["by", "service"]], {"Expired": [3.0], "by": "sweep"}),
    ({"ExpiryDelaySeconds": [0.5, 2.0]}, {}, [["service"]], {"ExpiryDelaySeconds": [0.5, 2.0]}),
]


def test_a_log_line_is_a_metric_for_each_prefix_of_its_dimensions() -> None:
    with logged() as lines:
        logger.info("refused", extra=metrics.fields("Refused", 2, product_id="p", reason="sold out"))
    (line,) = lines.parsed
    (sent,) = line["_aws"]["CloudWatchMetrics"]
    assert sent == {
        "Namespace": "FlashSale",
        "Dimensions": [["service"], ["service", "product_id"], ["service", "product_id", "reason"]],
        "Metrics": [{"Name": "Refused", "Unit": "Count"}],
    }
    assert (line["Refused"], line["product_id"], line["reason"]) == (2, "p", "sold out")
    assert (line["message"], line["service"]) == ("refused", "flash-sale")


def test_its_time_is_in_milliseconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics.time, "time", lambda: 1_764_234_000.25)
    assert metrics.fields("Refused", 1)["emf"]["Timestamp"] == 1_764_234_000_250


@pytest.mark.parametrize(("values", "dimensions", "sets", "members"), EMITTED)
def test_a_metric_is_a_line_of_its_own(
    capsys: pytest.CaptureFixture[str],
    values: dict[str, Any],
    dimensions: dict[str, str],
    sets: list[list[str]],
    members: dict[str, Any],
) -> None:
    metrics.emit(values, **dimensions)
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    (sent,) = line["_aws"]["CloudWatchMetrics"]
    assert [sorted(one) for one in sent["Dimensions"]] == sets
    assert line.items() >= {**members, "service": "flash-sale"}.items()
    assert {one["Unit"] for one in sent["Metrics"]} == {"Seconds" if "Seconds" in str(values) else "Count"}
