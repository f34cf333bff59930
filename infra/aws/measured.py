"""What was measured of this code, from the results of the benchmarks."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.paths import ROOT

RESULTS = ROOT / "docs" / "benchmarks" / "results.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of one machine; the defaults are those that the design was made with."""

    reserve_seconds: float = 0.0025
    """How long a reserve keeps an environment busy, the database on the same machine (S1@1)."""
    reserves_per_core: float = 2_088
    """Reserves a second that a core of the database makes, client included (S12)."""
    refusals_per_reserve: float = 2.0
    """How many refusals cost the database as much as a reserve (S5@16)."""
    machine: str = "the figures that the design was made with"


def read(file: Path = RESULTS) -> Measured:
    """The figures in the results; those of the design where there are none yet."""
    if not file.exists():
        return Measured()
    document: dict[str, Any] = json.loads(file.read_text())
    figures, machine = document["figures"], document["machine"]
    return Measured(
        reserve_seconds=1 / figures["S1@1"]["details"]["ours_per_second"],
        reserves_per_core=figures["S12"]["details"]["per_second"] / machine["cores"],
        refusals_per_reserve=figures["S5@16"]["value"],
        machine=f"{machine['cores']} cores, {machine['memory_gib']} GiB, {machine['system']}",
    )
