"""The plots of a report, as SVG elements with text as text."""

import io
from collections.abc import Iterator
from datetime import datetime
from itertools import accumulate
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "flash-sale",
    "font.size": 9,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#dddddd",
    "axes.spines.top": False,
    "axes.spines.right": False,
}
BLUE, GREEN, ORANGE, GREY = "#0b5394", "#38761d", "#b45f06", "#666666"


def draw(one: Any) -> Iterator[tuple[str, str]]:
    """Yield the name and the SVG of each plot for which a product has figures."""
    with mpl.rc_context(STYLE):
        if one["timeline"]:
            yield "Units over time", _svg(_course(one))
        if one["log"] and one["log"]["refused"]:
            yield "Requests refused, by reason", _svg(_refusals(one["log"]["refused"]))
        if one["log"] and one["log"]["order"] and one["log"]["order"]["points"]:
            yield "Order of answers against order of arrival", _svg(_order(one["log"]["order"]["points"]))


def _course(one: Any) -> Figure:
    """Draw what was reserved, sold and returned until each moment, and when the stock was empty."""
    figure, axes = _figure("Units over time", "seconds since the first reservation", "units so far")
    times = [datetime.fromisoformat(moment["at"]) for moment in one["timeline"]]
    seconds = [(time - times[0]).total_seconds() for time in times]
    for name, color in (("reserved", BLUE), ("completed", GREEN), ("returned", ORANGE)):
        units = list(accumulate(moment[name] for moment in one["timeline"]))
        axes.step(seconds, units, where="post", label=name, color=color, marker="o", markersize=2)
    if one["secondsToSoldOut"] is not None:
        axes.axvline(one["secondsToSoldOut"], color=GREY, linestyle=":", label="sold out")
    axes.legend(frameon=False)
    return figure


def _refusals(refused: dict[str, int]) -> Figure:
    figure, axes = _figure("Requests refused", "requests", "")
    axes.barh(list(refused), list(refused.values()), color=ORANGE)
    axes.invert_yaxis()
    return figure


def _order(points: list[tuple[int, int]]) -> Figure:
    figure, axes = _figure("Requests served", "place in the order of arrival", "place in the order of answers")
    arrivals, answers = zip(*points, strict=True)
    axes.scatter(arrivals, answers, s=4, color=BLUE)
    return figure


def _figure(title: str, x: str, y: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(8, 3), layout="constrained")
    axes = figure.subplots()
    axes.set_title(title)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    return figure, axes


def _svg(figure: Figure) -> str:
    """Return the element alone: an XML head and a DOCTYPE have no place within HTML."""
    text = io.StringIO()
    figure.savefig(text, format="svg", facecolor="white", metadata={"Date": None, "Creator": None})
    return text.getvalue()[text.getvalue().index("<svg") :]
