"""S14: what a shopper's browser asks for, counted by the shop's own program: `npm run --silent requests`.

It prints one line of JSON with a number for each of `GOALS`.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping

from infra import environment, node, shop
from infra.paths import FRONTEND
from tests.bench.database import Server
from tests.bench.figure import Figure, at_most

SCRIPT = "requests"
GOALS = {
    "privateIdle": (0, "private requests a minute of an idle tab"),
    "privateWithHold": (4, "private requests a minute of a tab with a hold"),
    "privateHiddenWithHold": (2, "private requests a minute of a hidden tab with a hold"),
    "privateAtStrangersLapse": (0, "private requests of 100 tabs in the second after a stranger's lapse"),
    "productsWhileStrangersLapse": (
        120,
        "product requests a minute of a tab while ten strangers' holds lapse a second",
    ),
}
"""The greatest number allowed, and what it counts, by the name in the program's output."""


def measure(_server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S14."""
    report("counting a browser's requests")
    return figures(json.loads(_output().strip().splitlines()[-1]))


def figures(counted: Mapping[str, float]) -> list[Figure]:
    """Return what the shop's program counted as figures; raise KeyError naming a count that it lacks."""
    return [
        Figure(f"S14 {name}", counted[name], "requests", at_most(bound), details={"counts": what})
        for name, (bound, what) in GOALS.items()
    ]


def _output() -> str:
    system = environment.variables()
    found = node.ensure(system.get("PATH", ""), sys.stderr.write)
    shop.install(found, system)
    command = found.npm("run", "--silent", SCRIPT)
    done = subprocess.run(
        command, cwd=FRONTEND, env=found.environment(system), stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"The shop's `{SCRIPT}` failed.")
    return done.stdout
