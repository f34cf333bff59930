"""The picture of a sale on a terminal, drawn from the API's reply and the signals beside it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from infra.operate.signals import Signals
from infra.operate.tables import printable

BAR_WIDTH = 12
NARROW = 160  # columns; below it the less important ones are left out
REASONS = {
    "insufficient-stock": "no stock",
    "limit-exceeded": "limit",
    "too-many-holds": "holds",
    "cooling-down": "cooldown",
    "sale-not-open": "not open",
    "sale-paused": "paused",
    "too-many-at-once": "at once",
}
ALWAYS = ("product", "available", "held", "sold", "of", "reserved", "paid", "lapsed", "refused", "sold out in")


def picture(sale: Any, signals: Signals, stage: str, width: int) -> RenderableType:
    """Return the picture."""
    return Group(_head(sale, signals, stage), _products(sale, width), _foot(sale, signals))


def _head(sale: Any, signals: Signals, stage: str) -> Text:
    connections = sale["databaseConnections"]
    head = Text(f"{stage}  {_clock(sale['at'])}", style="bold")
    head.append(f"   database connections {connections['open']} of {connections['allowed']}", style="default")
    head.append("   balance: ", style="default")
    head.append(signals.balance, style="green" if signals.balance.startswith("every") else "red")
    for name, count in sorted(signals.failures.items()):
        head.append(f"   {name}: {count}", style="red")
    return head


def _products(sale: Any, width: int) -> Table:
    table = Table(expand=True, header_style="bold", show_edge=False, pad_edge=False)
    rows = [_row(product, sale["at"]) for product in sale["products"] if _is_shown(product)]
    for name in rows[0] if rows else ("product",):
        if width >= NARROW or name in ALWAYS:
            left = name in ("product", "refused", "")
            wide = name in ("product", "refused")
            table.add_column(
                name, justify="left" if left else "right", no_wrap=not wide, min_width=14 if wide else None
            )
    for row in rows:
        table.add_row(*(cell for name, cell in row.items() if width >= NARROW or name in ALWAYS))
    return table


def _is_shown(product: Any) -> bool:
    return product["retiredAt"] is None or product["held"] > 0


def _row(product: Any, at: str) -> dict[str, RenderableType]:
    minute, late = product["lastMinute"], product["expiryLateness"]
    return {
        "product": Text(
            printable(product["name"]) + (" (paused)" if product["paused"] else "")
        ),  # as it is: a name is no markup
        "available": Text(str(product["availableStock"]), style="" if product["availableStock"] else "red"),
        "held": str(product["held"] - product["lapsed"]),
        "sold": Text(str(product["sold"]), style="green"),
        "of": str(product["totalStock"]),
        "": _bar(product),
        "reserved": str(minute["reserved"]),
        "paid": str(minute["completed"]),
        "cancelled": str(minute["cancelled"]),
        "lapsed": str(sum(minute["expired"].values())),
        "refused": _refused(product["refused"]),
        "waiting": str(product["waiting"]),
        "next release": _seconds_until(product["nextReleaseAt"], at),
        "sold out in": _sold_out(product),
        "late s": f"{late['median']:.1f} / {late['p99']:.1f}" if late else "",
    }


def _bar(product: Any) -> ProgressBar:
    """Draw the share of the units that are sold."""
    total, sold = max(product["totalStock"], 1), product["sold"]
    return ProgressBar(total=total, completed=sold, width=BAR_WIDTH, complete_style="green", finished_style="green")


def _refused(requests: Mapping[str, int]) -> str:
    return "\n".join(f"{count} {REASONS.get(reason, reason)}" for reason, count in requests.items()) or "0"


def _foot(sale: Any, signals: Signals) -> Text:
    return Text("\n".join(_notes(sale, signals)), style="dim")


def _notes(sale: Any, signals: Signals) -> Iterator[str]:
    yield (
        f"reserved, paid, cancelled, lapsed: units in {sale['windowSeconds']} s; refused: requests, approximately;"
        f" failures: from {signals.source}; late: units back after the lapse, median / p99"
    )
    retired = sum(not _is_shown(product) for product in sale["products"])
    if retired:
        yield f"{retired} retired products are not shown"


def _sold_out(product: Any) -> Text:
    seconds = product["soldOutInSeconds"]
    if seconds is None:
        return Text("")
    return Text(_duration(seconds) if seconds else "sold out", style="red" if seconds < 60 else "yellow")


def _seconds_until(instant: str | None, at: str) -> str:
    if instant is None:
        return ""
    return _duration((datetime.fromisoformat(instant) - datetime.fromisoformat(at)).total_seconds())


def _duration(seconds: float) -> str:
    """Return a time in its two largest units."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def _clock(instant: str) -> str:
    return f"{instant[:10]} {instant[11:19]} UTC"
