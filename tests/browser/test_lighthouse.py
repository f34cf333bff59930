"""Lighthouse scores of the built shop."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.lighthouse import DETERMINISTIC, measure


@pytest.mark.timeout(180)
def test_lighthouse_gives_full_scores(
    base_url: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    scores = measure(base_url, tmp_path / "report.json", DETERMINISTIC)
    record_property("lighthouse", scores)
    assert scores == dict.fromkeys(DETERMINISTIC, 1)
