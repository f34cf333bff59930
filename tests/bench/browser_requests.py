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
    "private_idle": (0, "private requests a minute of an idle tab"),
    "private_holding": (4, "private requests a minute of a tab with a hold"),
    "private_hidden_holding": (2, "private requests a minute of a hidden tab with a hold"),
    "private_after_strangers_lapse": (0, "private requests of 100 tabs in the second after a stranger's lapse"),
    "products_under_lapses": (120, "product requests a minute of a tab while ten strangers' holds lapse a second"),
}
"""The greatest number allowed, and what it counts, by the name in the program's output."""


def measure(_server: Server, report: Callable[[str], None]) -> list[Figure]:
    """Return S14."""
    report("counting a browser's requests")
    return figures(counts(_output()))


def counts(output: str) -> dict[str, float]:
    """Return what the shop's program counted; raise RuntimeError if it lacks a count or printed something else."""
    try:
        counted: dict[str, float] = json.loads(output.strip().splitlines()[-1])
    except (IndexError, ValueError) as error:
        raise RuntimeError(f"The shop's `{SCRIPT}` printed no counts: run it in frontend/ and see why.") from error
    if lacking := GOALS.keys() - counted.keys():
        raise RuntimeError(f"The shop's `{SCRIPT}` did not count {', '.join(sorted(lacking))}: see its tests.")
    return counted


def figures(counted: Mapping[str, float]) -> list[Figure]:
    """Return what the shop's program counted as figures."""
    return [
        Figure(f"S14 {name}", counted[name], "requests", at_most(bound), details={"counts": what})
        for name, (bound, what) in GOALS.items()
    ]


def _output() -> str:
    system = environment.variables()
    found = node.ensure(system.get("PATH", ""), sys.stderr.write)
    shop.install(found, system)
    command = found.npm("run", "--silent", SCRIPT)
    variables = found.environment(system)
    # A count over its goal makes the program fail, and is a figure all the same.
    return subprocess.run(command, cwd=FRONTEND, env=variables, stdout=subprocess.PIPE, text=True, check=False).stdout
