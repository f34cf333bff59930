"""Lighthouse scores of the shop as `make run` starts it: `make lighthouse` prints the median of five runs.

It fails if a median is below its goal. The performance depends on the machine: nothing else may run meanwhile.
"""

import json
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from infra import node, shop
from infra.local import settings
from infra.node import Node
from infra.paths import LIGHTHOUSE
from infra.problems import PlatformError, main_program
from tests.browser.browsers import CHROMIUM, FLAGS
from tests.browser.system import running

GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 5
VIEWS = {"shop": "/", "holds": "/?view=holds", "history": "/?view=history"}


def measure() -> None:
    """Print for each view and category the median and the scores of all runs, from 0 to 100."""
    system = settings.read().system
    found = node.ensure(system.get("PATH", ""), sys.stderr.write)
    shop.install(found, system, LIGHTHOUSE)
    missed = []
    with TemporaryDirectory() as folder, running(Path(folder)) as address:
        for view, path in VIEWS.items():
            runs = []
            for number in range(RUNS):
                sys.stderr.write(f"{view}, run {number + 1} of {RUNS} …\n")
                runs.append(_scores(found, system, f"{address}{path}", Path(folder) / "report.json"))
            for category, goal in GOALS.items():
                scores = [run[category] for run in runs]
                median = statistics.median(scores)
                sys.stdout.write(f"{view:8} {category:15} {median:5g}   {scores}\n")
                if median < goal:
                    missed.append(f"{category} of {view} is {median:g}, not {goal}")
    if missed:
        raise PlatformError(f"Scores below their goals: {'; '.join(missed)}.")


def _scores(found: Node, system: dict[str, str], address: str, report: Path) -> dict[str, int]:
    """Run Lighthouse as for a phone, and return the score in each category, from 0 to 100."""
    program = LIGHTHOUSE / "node_modules" / "lighthouse" / "cli" / "index.js"
    flags = " ".join(["--headless=new", *FLAGS])
    subprocess.run(
        [
            found.program,
            program,
            address,
            "--quiet",
            "--disable-full-page-screenshot",  # only for people who read the report
            f"--only-categories={','.join(GOALS)}",
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
    return {name: round(100 * category["score"]) for name, category in categories.items()}


if __name__ == "__main__":
    sys.exit(main_program(measure))
