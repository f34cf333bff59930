"""A figure: what was measured, what it should be, and whether it is."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

REPORTED = 8  # measurements between two lines of progress


@dataclass(frozen=True)
class Goal:
    """A bound that a figure has to keep."""

    bound: float
    at_least: bool

    def is_met_by(self, value: float) -> bool:
        """Return whether a value keeps the bound."""
        return value >= self.bound if self.at_least else value <= self.bound

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.bound:g}"


def at_least(bound: float) -> Goal:
    """Return a goal for what should be large."""
    return Goal(bound, at_least=True)


def at_most(bound: float) -> Goal:
    """Return a goal for what should be small."""
    return Goal(bound, at_least=False)


@dataclass(frozen=True)
class Figure:
    """A value with its unit, its goal if it has one, what each round gave, and what it was computed from."""

    key: str
    value: float
    unit: str
    goal: Goal | None = None
    rounds: Sequence[float] = ()
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Return whether the goal is met; None without a goal."""
        return None if self.goal is None else self.goal.is_met_by(self.value)

    def as_json(self) -> dict[str, Any]:
        """Return what is written to the results."""
        return {
            "value": _rounded(self.value),
            "unit": self.unit,
            "goal": None if self.goal is None else str(self.goal),
            "met": self.met,
            "rounds": [_rounded(value) for value in self.rounds],
            "details": {name: _rounded(value) for name, value in self.details.items()},
        }


def median(key: str, rounds: Sequence[float], unit: str, goal: Goal | None = None, **details: object) -> Figure:
    """Return the median of several rounds as a figure."""
    return Figure(key, statistics.median(rounds), unit, goal, rounds, details)


def ratio(
    key: str, ours: Sequence[float], others: Sequence[float], goal: Goal | None = None, **details: object
) -> Figure:
    """Return the median of the ratios of what was measured in the same round."""
    rounds = [one / other for one, other in zip(ours, others, strict=True)]
    return median(key, rounds, "ratio", goal, **details)


def interleaved[Key, Result](
    cells: Mapping[Key, Callable[[], Result]], rounds: int, report: Callable[[str], object]
) -> dict[Key, list[Result]]:
    """Run all cells in turn, and again for each round; return the results of each."""
    results: dict[Key, list[Result]] = {key: [] for key in cells}
    for number in range(1, rounds + 1):
        for position, (key, cell) in enumerate(cells.items(), start=1):
            results[key].append(cell())
            if position % REPORTED == 0 or position == len(cells):
                report(f"round {number} of {rounds}: {position} of {len(cells)}")
    return results


def _rounded(value: object) -> object:
    """Four digits are more than any measurement has."""
    return float(f"{value:.4g}") if isinstance(value, float) else value
