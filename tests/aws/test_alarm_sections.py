"""Who gets an alarm finds what to do."""

import re

import pytest

from infra.paths import ROOT
from tests.aws.rules_of_metrics import ANCHORS

SECTIONS = dict(
    re.findall(r"^## ([^\n]+)\n(.*?)(?=^#|\Z)", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE | re.DOTALL)
)
COMMAND = re.compile(r"`(make|aws|python -m infra\.operate|SELECT) ")


@pytest.mark.parametrize("anchor", sorted(ANCHORS))
def test_each_alarm_has_a_section_with_symptom_meaning_and_a_command(anchor: str) -> None:
    parts = re.findall(r"^- (Symptom|Meaning|What to do): (.*?)(?=^- |\Z)", SECTIONS[anchor], re.MULTILINE | re.DOTALL)
    assert [name for name, _ in parts] == ["Symptom", "Meaning", "What to do"]
    assert COMMAND.search(dict(parts)["What to do"])
