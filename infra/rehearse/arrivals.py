"""When shoppers arrive: a curve that does not depend on how fast the stage answers (an open workload)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from infra.problems import PlatformError

BURST = "1:50,5:80,15:100"
"""Half of the shoppers in the first second, 80 percent within 5 s, all within 15 s."""
ALL = 100.0


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of second and percentage of shoppers that have arrived by then, from 0:0 on; linear between them."""

    points: Sequence[tuple[float, float]]

    def arrivals(self, shoppers: int, chance: Random) -> list[float]:
        """Return the second at which each shopper arrives, in order."""
        return sorted(self._second(chance.uniform(0, ALL)) for _ in range(shoppers))

    def _second(self, percentage: float) -> float:
        for (begin, low), (end, high) in pairwise(self.points):
            if percentage <= high and high > low:
                return begin + (end - begin) * (percentage - low) / (high - low)
        return self.points[-1][0]


def parse(text: str) -> Curve:
    """Return the curve of a text such as `1:50,5:80,15:100`. Raise PlatformError if it is none."""
    try:
        points = [(float(second), float(share)) for second, share in (point.split(":") for point in text.split(","))]
    except ValueError:
        points = []
    whole = [(0.0, 0.0), *points]
    rising = all(before[0] < after[0] and before[1] <= after[1] for before, after in pairwise(whole))
    if not points or not rising or points[-1][1] != ALL:
        raise PlatformError(f"An arrival curve is second:percent,… rising to 100, such as {BURST}, not {text!r}.")
    return Curve(whole)
