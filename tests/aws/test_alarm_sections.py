"""Who gets an alarm finds what to do."""

from infra.paths import ROOT
from tests.aws.rules_of_metrics import ANCHORS


def test_each_alarm_has_its_section() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    headings = {line.lstrip("# ").lower().replace(" ", "-") for line in text.splitlines() if line.startswith("#")}
    assert ANCHORS - headings == set()
