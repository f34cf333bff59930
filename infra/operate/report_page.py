"""The page of a report: one HTML file with its plots inside, which loads nothing."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from infra.operate import report_plots

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }}
table {{ border-collapse: collapse; }}
th, td {{ border-bottom: 1px solid #ddd; padding: .3rem 1rem .3rem 0; text-align: left; }}
td {{ font-variant-numeric: tabular-nums; }}
svg {{ max-width: 100%; height: auto; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{time}</p>
{products}
<h2>What is not known</h2>
<ul>{unknown}</ul>
</body>
</html>
"""
_REASONS = {
    "insufficient-stock": "too little stock",
    "limit-exceeded": "limit per shopper",
    "too-many-holds": "too many holds at a time",
    "cooling-down": "too many lapsed holds",
    "sale-not-open": "sale not open",
    "sale-paused": "sale paused",
    "too-many-at-once": "too many requests of a shopper at once",
}


def page(whole: Any) -> str:
    """Return the page of a report."""
    names = [one["name"] for one in whole["products"]]
    title = f"Sale of {names[0]}" if len(names) == 1 else "Sale report"
    time = f"{'Everything' if whole['since'] is None else f'From {whole["since"]}'} until {whole['until']}."
    return _PAGE.format(
        title=escape(title),
        time=escape(time),
        products="\n".join(_product(one, whole["addresses"]) for one in whole["products"])
        or "<p>Nothing happened.</p>",
        unknown="".join(f"<li>{escape(sentence)}</li>" for sentence in whole["unknown"]),
    )


def _product(one: Any, addresses: Any) -> str:
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows_of(one, addresses)
    )
    plots = "".join(
        f'<figure role="img" aria-label="{escape(name)}">{svg}</figure>' for name, svg in report_plots.draw(one)
    )
    return f"<h2>{escape(one['name'])}</h2>\n<table>{rows}</table>\n{plots}"


def rows_of(one: Any, addresses: Any) -> Iterator[tuple[str, str]]:
    """Return the figures of a product as names and texts; what is not known is left out."""
    events, expired = one["events"], one["events"]["expired"]
    yield "sold", f"{events['completed']} of {one['total']} units{_share(events['completed'], one['total'])}"
    yield "reserved", f"{events['reserved']} units in {events['reservations']} reservations"
    yield "cancelled", f"{events['cancelled']} units"
    by = ", ".join(f"{units} by {name}" for name, units in expired.items() if units)
    yield "lapsed", f"{sum(expired.values())} units{f': {by}' if by else ''}"
    yield from _timed("first reservation", one["firstReservedAt"])
    if one["secondsToSoldOut"] is not None:
        yield "sold out", f"{one['secondsToSoldOut']:.1f} s after the first reservation, at {one['soldOutAt']}"
    if late := one["expiryLateness"]:
        yield "units back after the lapse", _percentiles(late, ("median", "p90", "p99", "longest"), "s")
    yield from _buyers(one["buyers"])
    yield from _addresses(addresses)
    if one["log"]:
        yield from _log(one["log"])


def _timed(name: str, instant: str | None) -> Iterable[tuple[str, str]]:
    return [(name, instant)] if instant else []


def _buyers(buyers: Any) -> Iterator[tuple[str, str]]:
    if buyers and buyers["shoppers"]:
        top, ten, units = buyers["ofTheTop"], buyers["ofTheTopTen"], buyers["units"]
        yield "shoppers", f"{buyers['shoppers']} with a token bought {units} units"
        yield "share of the top shopper", f"{top} units{_share(top, units)}; of the top ten {ten}{_share(ten, units)}"
    if buyers and buyers["anonymousUnits"]:
        yield "bought without a token", f"{buyers['anonymousUnits']} units"


def _addresses(found: Any) -> Iterator[tuple[str, str]]:
    if found["tokens"]:
        top, tokens = found["ofTheTop"], found["tokens"]
        yield "guest tokens", f"{tokens} for {found['addresses']} addresses since {found['since']}, all products"
        ten = found["ofTheTopTen"]
        yield (
            "share of the top address",
            f"{top} tokens{_share(top, tokens)}; of the top ten {ten}{_share(ten, tokens)}",
        )


def _log(log: Any) -> Iterator[tuple[str, str]]:
    yield "requests served", str(log["reserved"])
    for reason, count in log["refused"].items():
        yield f"refused: {_REASONS.get(reason, reason)}", f"{count} requests"
    for name, key in (("database time", "database"), ("function time", "function"), ("arrival to answer", "answer")):
        if log[key]:
            yield name, _percentiles(log[key], ("median", "p99", "longest"), "ms")
    if order := log["order"]:
        yield "refused after a later arrival was served", f"{order['overtaken']} of {order['requests']} requests"
        off = f"median {order['median_places']}, p99 {order['p99_places']}"
        yield "places between arrival and answer", f"{off}, of the requests served"


def _percentiles(values: Any, names: Iterable[str], unit: str) -> str:
    return ", ".join(f"{name} {values[name]:.2f} {unit}" for name in names)


def _share(part: int, whole: int) -> str:
    return f" ({part / whole:.1%})" if whole else ""
