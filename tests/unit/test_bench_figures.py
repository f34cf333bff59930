"""The arithmetic of the benchmarks: medians, ratios, goals, and the file of results."""

import json
from pathlib import Path

import pytest

from tests.bench import results
from tests.bench.figure import Figure, Goal, at_least, at_most, interleaved, median, ratio
from tests.bench.figures import BENCHMARKS

NUMBERS = [f"S{number}" for number in range(1, 15)]


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (at_least(4), 4.0, True),
        (at_least(4), 3.99, False),
        (at_most(0.2), 0.2, True),
        (at_most(0.2), 0.21, False),
        (None, 1.0, None),
    ],
)
def test_a_goal_is_met_by_its_bound_and_by_what_is_better(goal: Goal | None, value: float, met: bool | None) -> None:
    assert Figure("S1@16", value, "ratio", goal).met is met


def test_a_figure_is_the_median_of_its_rounds() -> None:
    figure = median("S6", [3.0, 1.0, 2.0], "s")
    assert (figure.value, figure.rounds) == (2.0, [3.0, 1.0, 2.0])


def test_a_ratio_compares_what_was_measured_in_the_same_round() -> None:
    figure = ratio("S1@16", [8.0, 2.0, 30.0], [2.0, 1.0, 10.0], at_least(4))
    assert (figure.rounds, figure.value, figure.met) == ([4.0, 2.0, 3.0], 3.0, False)


def test_rounds_are_interleaved() -> None:
    order: list[str] = []
    found = interleaved({name: lambda name=name: order.append(name) or len(order) for name in "ab"}, 2, lambda _: None)
    assert order == ["a", "b", "a", "b"]
    assert found == {"a": [1, 3], "b": [2, 4]}


def test_every_speed_has_a_benchmark() -> None:
    assert list(BENCHMARKS) == NUMBERS


def test_results_say_what_was_measured_where_and_whether_the_goal_is_met(tmp_path: Path) -> None:
    results.keep(tmp_path, [ratio("S1@16", [8.0], [2.0], at_least(4), ours_per_second=8.0)], "18.1")
    document = json.loads((tmp_path / "results.json").read_text())
    assert document["figures"] == {
        "S1@16": {
            "value": 4.0,
            "unit": "ratio",
            "goal": ">= 4",
            "met": True,
            "rounds": [4.0],
            "details": {"ours_per_second": 8.0},
        }
    }
    assert document["machine"].keys() == {"cores", "memory_gib", "system"}
    assert document["versions"]["postgresql"] == "18.1"


def test_a_later_run_replaces_the_figures_of_its_numbers_and_keeps_the_others(tmp_path: Path) -> None:
    results.keep(tmp_path, [Figure("S10 p50", 1.0, "s"), Figure("S1@1", 1.0, "s"), Figure("S1@16", 1.0, "s")], "18.1")
    results.keep(tmp_path, [Figure("S1@4 bare", 2.0, "s")], "18.1")
    assert list(results.read(tmp_path)["figures"]) == ["S1@4 bare", "S10 p50"]


def test_a_number_without_a_figure_is_missing() -> None:
    assert results.missing(["S1@16 bare", "S3@64 of best"], ["S1", "S2", "S3"]) == ["S2"]


def test_the_table_shows_the_spread_and_what_is_not_met(tmp_path: Path) -> None:
    results.keep(tmp_path, [ratio("S2@16", [8.0, 6.0], [10.0, 10.0], at_least(0.9)), Figure("S9", 1.0, "/s")], "18.1")
    _, line = results.table(results.read(tmp_path)["figures"], ["S2"])
    assert line.split() == ["S2@16", "0.7", "0.6", "to", "0.8", ">=", "0.9", "NO"]
