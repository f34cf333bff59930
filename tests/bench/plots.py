"""The plots in `docs/benchmarks`, drawn from the results and the recorded events: small SVG files with text as text."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tests.bench import results

STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "flash-sale",
    "font.size": 9,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": mpl.cycler(color=["#0b5394", "#38761d", "#b45f06", "#666666"]),
}
NEAR = {"as the shop sends it": "", "the same, prepared": " prepared"}
EVENT_LABELS = {"before": "#b45f06", "now": "#0b5394", "after": "#0b5394"}
NOT_PREPARED = "off"

Point = tuple[float, float]


def draw(directory: Path) -> None:
    """Draw every plot for which something was measured."""
    figures = results.read(directory)["figures"]
    with mpl.rc_context(STYLE):
        if {"S1@16", "S3@64"} <= figures.keys():
            _save(_environments(figures), directory / "environments.svg")
        if "S7 reserve" in figures:
            _save(_growth(figures), directory / "growth.svg")
        if recorded := _recorded(directory):
            _save(_events(recorded), directory / "events.svg")


def _environments(figures: dict[str, Any]) -> Figure:
    """Draw rate and p99 against the number of environments, near the database and far from it."""
    figure = Figure(figsize=(8, 5.5), layout="constrained")
    axes = figure.subplots(2, 2)
    for column, (value, unit, title) in enumerate(
        [("per_second", "reservations/s", "reservations a second"), ("p99_ms", "ms", "99th percentile")]
    ):
        key = "" if value == "per_second" else " p99"
        near, far = axes[0][column], axes[1][column]
        for label, suffix in NEAR.items():
            _line(near, label, _details(figures, f"S1@{{}}{suffix}{key}", f"ours_{value}"))
            far_points = [
                (x, figures[k]["value"] if column == 0 else figures[k]["details"][value])
                for x, k in _keys(figures, f"S3@{{}}{suffix} rate")
            ]
            _line(far, label, far_points)
        _line(near, "the usual algorithm", _details(figures, f"S1@{{}}{key}", f"rival_{value}"))
        if column == 0:
            _line(far, "the usual algorithm", _details(figures, "S3@{}", "rival_per_second"))
        near.set_title(f"Near: {title}")
        far.set_title(f"1 ms away, 4 ms a commit: {title}")
        for one in (near, far):
            _label(one, "environments", unit)
    axes[0][0].legend(frameon=False)
    return figure


def _growth(figures: dict[str, Any]) -> Figure:
    """Draw requests a second of one environment against the number of reservations in the table."""
    figure = Figure(figsize=(6, 3.5), layout="constrained")
    axes = figure.subplots()
    for request in ("reserve", "complete", "list", "products"):
        details = figures[f"S7 {request}"]["details"]
        prefix = "ms_at_"
        points = [
            (float(name.removeprefix(prefix)), 1000 / ms) for name, ms in details.items() if name.startswith(prefix)
        ]
        _line(axes, request, points)
    axes.set_xscale("log")
    axes.set_title("Requests a second of one environment, by median")
    _label(axes, "reservations in the table", "requests/s")
    axes.legend(frameon=False)
    return figure


def _events(recorded: dict[str, Any]) -> Figure:
    """Draw the rate over time around each event, one line for each recording."""
    figure = Figure(figsize=(9, 5.5), layout="constrained")
    names = list(dict.fromkeys(trace["event"] for one in recorded.values() for trace in one["traces"]))
    for axes, name in zip(figure.subplots(2, 3).flat, names, strict=True):
        for label, recording in recorded.items():
            for trace in recording["traces"]:
                if trace["event"] == name and trace["prepare"] == NOT_PREPARED:
                    _trace(axes, label, trace["rates"], recording["bin_seconds"])
        axes.axvline(recording["event_at"], color="#666666", linestyle=":")
        axes.set_title(name)
        _label(axes, "seconds", "reservations/s")
    figure.axes[0].legend(frameon=False)
    return figure


def _trace(axes: Axes, label: str, rates: Sequence[float], seconds: float) -> None:
    smooth = [sum(rates[max(0, n - 1) : n + 2]) / len(rates[max(0, n - 1) : n + 2]) for n in range(len(rates))]
    points = [((number + 0.5) * seconds, rate) for number, rate in enumerate(smooth)]
    _line(axes, label, points, color=EVENT_LABELS.get(label), marker="")


def _recorded(directory: Path) -> dict[str, Any]:
    """Return the recordings by label, the one from before first."""
    files = sorted(directory.glob("events-*.json"), key=lambda file: file.stem != "events-before")
    return {file.stem.removeprefix("events-"): json.loads(file.read_text()) for file in files}


def _details(figures: dict[str, Any], pattern: str, name: str) -> list[Point]:
    return [(x, figures[key]["details"][name]) for x, key in _keys(figures, pattern)]


def _keys(figures: dict[str, Any], pattern: str) -> Iterable[tuple[float, str]]:
    """Return the keys of a pattern with the number that stands in it."""
    before, after = pattern.split("{}")
    for key in figures:
        middle = key.removeprefix(before).removesuffix(after) if key.startswith(before) and key.endswith(after) else ""
        if middle.isdigit():
            yield float(middle), key


def _line(axes: Axes, label: str, points: Iterable[Point], *, color: str | None = None, marker: str = "o") -> None:
    xs, ys = zip(*points, strict=True)
    axes.plot(xs, ys, label=label, color=color, marker=marker, markersize=4)


def _label(axes: Axes, x: str, y: str) -> None:
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.set_ylim(bottom=0)


def _save(figure: Figure, path: Path) -> None:
    figure.savefig(path, format="svg", facecolor="white", metadata={"Date": None})
