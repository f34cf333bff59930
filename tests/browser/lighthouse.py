"""Lighthouse scores of the shop as `make run` starts it: `make lighthouse` prints the median of five runs.

The category "performance" depends on the speed of the machine: nothing else may run meanwhile, and no test asserts it.
"""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from infra import node
from infra.local import settings
from infra.paths import FRONTEND
from tests.browser.browsers import CHROMIUM, FLAGS
from tests.browser.system import running

DETERMINISTIC = ("accessibility", "best-practices", "seo")
"""Categories whose scores do not depend on the speed of the machine."""
CATEGORIES = ("performance", *DETERMINISTIC)
RUNS = 5
VIEWS = {"shop": "/", "holds": "/?view=holds", "history": "/?view=history"}


def measure(address: str, report: Path, categories: Iterable[str]) -> dict[str, float]:
    """Run Lighthouse as for a phone, and return the score in each category, from 0 to 1."""
    system = settings.read().system
    found = node.ensure(system.get("PATH", ""), lambda _: None)
    program = FRONTEND / "node_modules" / "lighthouse" / "cli" / "index.js"
    flags = " ".join(["--headless=new", *FLAGS])
    subprocess.run(
        [
            found.program,
            program,
            address,
            "--quiet",
            "--disable-full-page-screenshot",  # only for people who read the report
            f"--only-categories={','.join(categories)}",
            "--output=json",
            f"--output-path={report}",
            f"--chrome-flags={flags}",
        ],
        env={**found.environment(system), "CHROME_PATH": CHROMIUM},
        check=True,
        capture_output=True,
        timeout=150,
    )
    scores = json.loads(report.read_text())["categories"]
    return {name: category["score"] for name, category in scores.items()}


def main() -> None:
    """Print for each view and category the median and the scores of all runs, from 0 to 100."""
    with TemporaryDirectory() as folder, running(Path(folder)) as address:
        for view, path in VIEWS.items():
            runs = []
            for number in range(RUNS):
                sys.stderr.write(f"{view}, run {number + 1} of {RUNS} …\n")
                runs.append(measure(f"{address}{path}", Path(folder) / "report.json", CATEGORIES))
            for category in CATEGORIES:
                scores = [round(100 * run[category]) for run in runs]
                sys.stdout.write(f"{view:8} {category:15} {statistics.median(scores):5g}   {scores}\n")


if __name__ == "__main__":
    main()
