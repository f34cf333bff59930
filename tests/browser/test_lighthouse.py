"""Lighthouse scores of the built shop."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from infra import node
from infra.local import settings
from tests.browser.browsers import CHROMIUM, FLAGS

DETERMINISTIC = ["accessibility", "best-practices", "seo"]
"""Categories whose scores do not depend on the speed of the machine."""


def measure(frontend: Path, address: str, report: Path) -> dict[str, float]:
    """Run Lighthouse and return the score in each category, from 0 to 1."""
    system = settings.read().system
    found = node.ensure(system.get("PATH", ""), lambda _: None)
    program = frontend / "node_modules" / "lighthouse" / "cli" / "index.js"
    flags = " ".join(["--headless=new", *FLAGS])
    subprocess.run(
        [
            found.program,
            program,
            address,
            "--quiet",
            "--disable-full-page-screenshot",  # only for people who read the report
            f"--only-categories={','.join(DETERMINISTIC)}",
            "--output=json",
            f"--output-path={report}",
            f"--chrome-flags={flags}",
        ],
        env={**found.environment(system), "CHROME_PATH": CHROMIUM},
        check=True,
        capture_output=True,
        timeout=150,
    )
    categories = json.loads(report.read_text())["categories"]
    return {name: category["score"] for name, category in categories.items()}


@pytest.mark.timeout(180)
def test_lighthouse_gives_full_scores(
    frontend: Path, base_url: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    scores = measure(frontend, base_url, tmp_path / "report.json")
    record_property("lighthouse", scores)
    assert scores == dict.fromkeys(DETERMINISTIC, 1)
