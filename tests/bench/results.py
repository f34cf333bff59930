"""The results of all runs: `docs/benchmarks/results.json`, and the table on the terminal."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure

PACKAGES = ("psycopg", "chalice", "pydantic", "aws-lambda-powertools")
MEMORY_UNIT = 2**30
FILE = "results.json"


def read(directory: Path) -> dict[str, Any]:
    """Return the results that are kept; nothing but an empty set of figures if there are none."""
    path = directory / FILE
    document: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {"figures": {}}
    return document


def keep(directory: Path, measured: Sequence[Figure], postgres: str) -> None:
    """Put figures into the results, in the place of earlier ones of the same numbers."""
    replaced = {number(figure.key) for figure in measured}
    kept = {key: value for key, value in read(directory)["figures"].items() if number(key) not in replaced}
    figures = {**kept, **{figure.key: figure.as_json() for figure in measured}}
    document = {
        "machine": machine(),
        "versions": versions(postgres),
        "figures": {key: figures[key] for key in sorted(figures, key=order)},
    }
    directory.mkdir(parents=True, exist_ok=True)
    (directory / FILE).write_text(json.dumps(document, indent=1) + "\n")


def number(key: str) -> str:
    """Return which of S1 to S14 a key belongs to: `S1@16 bare` belongs to S1."""
    return key.split("@", maxsplit=1)[0].split(" ", maxsplit=1)[0]


def order(key: str) -> int:
    """Return a figure's place; figures of the same number stay in the order in which they were measured."""
    return int(number(key).removeprefix("S"))


def missing(keys: Iterable[str], expected: Iterable[str]) -> list[str]:
    """Return the numbers that no figure has."""
    present = {number(key) for key in keys}
    return [one for one in expected if one not in present]


def table(figures: dict[str, Any], numbers: Sequence[str]) -> list[str]:
    """Return the lines of a table with the median, spread and goal of the figures of these numbers."""
    lines = [f"{'figure':<34}{'value':>12}  {'spread':<19}{'goal':>10}  met"]
    for key, figure in figures.items():
        if number(key) not in numbers:
            continue
        rounds = figure["rounds"]
        spread = f"{min(rounds):.4g} to {max(rounds):.4g}" if len(rounds) > 1 else ""
        met = {None: "", True: "yes", False: "NO"}[figure["met"]]
        unit = "" if figure["unit"] == "ratio" else f" {figure['unit']}"
        lines.append(f"{key:<34}{figure['value']:>12.4g}  {spread:<19}{figure['goal'] or '':>10}  {met}{unit}")
    return lines


def machine() -> dict[str, object]:
    """Return what the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / MEMORY_UNIT
    return {"cores": os.cpu_count(), "memory_gib": round(memory), "system": f"{platform.system()} {platform.machine()}"}


def versions(postgres: str) -> dict[str, str]:
    """Return the versions of what was measured."""
    return {"python": platform.python_version(), "postgresql": postgres, **{name: version(name) for name in PACKAGES}}
