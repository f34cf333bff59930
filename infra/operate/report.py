"""`make report`: a sale that is over, or going on, as JSON and as a page with plots."""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from infra import environment
from infra.operate import log_figures
from infra.operate.products import find
from infra.operate.report_page import page
from infra.operate.stage import Stage
from infra.problems import PlatformError

Lines = Callable[[datetime | None, datetime], Iterable[str]]
"""Returns the lines that the API's function logged from one instant until another."""

ADDRESSES = "Who reserved from which address: reservations are not kept with addresses. Guest tokens are, for an hour."
ANONYMOUS = "How many people bought without a token: they are one anonymous shopper."
NO_LOG = "Refusals, the order of requests, and the time of database and function: no log was found."
NO_ARRIVALS = "The order of arrival: no line of the log says when a request reached API Gateway."


def report(api: Stage, lines: Lines, given: argparse.Namespace) -> None:
    """Write the report's two files, and print its figures and where it is."""
    since, until = _instant("--from", given.since), _instant("--until", given.until)
    product = find(api, given.product) if given.product else None
    whole = gather(api, lines, product, since, until)
    directory = given.output or environment.run_directory() / "reports"
    directory.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^a-z0-9]+", "-", (product["name"] if product else "all products").lower()).strip("-") or "product"
    for suffix, text in (("json", json.dumps(whole, indent=2, ensure_ascii=False)), ("html", page(whole))):
        (directory / f"{name}.{suffix}").write_text(text, encoding="utf-8")
    sys.stdout.write(f"{summary(whole)}{directory / name}.html\n{directory / name}.json\n")


def local_lines(file: Path) -> Lines:
    """Return the lines of a log file. Those of other times are left out by whoever reads them."""

    def read(_since: datetime | None, _until: datetime) -> Iterable[str]:
        if file.exists():
            with file.open(encoding="utf-8", errors="replace") as log:
                yield from log

    return read


def no_lines(_since: datetime | None, _until: datetime) -> Iterable[str]:
    """Return no lines, where only the API's address is known."""
    return ()


def gather(api: Stage, lines: Lines, product: Any, since: datetime | None, until: datetime | None) -> Any:
    """Return the whole report, as it is written as JSON."""
    asked = {"productId": product and product["id"], "since": _text(since), "until": _text(until)}
    query = urlencode({name: value for name, value in asked.items() if value})
    known = api.get(f"/admin/report{f'?{query}' if query else ''}")
    ends = datetime.fromisoformat(known["until"])
    answers = log_figures.answers(lines(since, ends), since, until)
    for one in known["products"]:
        of_one = [answer for answer in answers if answer.product_id == one["productId"]]
        one["log"] = asdict(log_figures.figures(of_one)) if of_one else None
    return {**known, "unknown": _unknown(known)}


def _unknown(known: Any) -> list[str]:
    logs = [one["log"] for one in known["products"]]
    sentences = [ADDRESSES]
    if any(one["buyers"] and one["buyers"]["anonymousUnits"] for one in known["products"]):
        sentences.append(ANONYMOUS)
    if not all(logs):
        sentences.append(NO_LOG)
    if any(log and log["order"] is None for log in logs):
        sentences.append(NO_ARRIVALS)
    return sentences


def summary(whole: Any) -> str:
    """Return the most important figures as lines of text."""
    return "".join(f"{_sentence(one)}\n" for one in whole["products"]) or "Nothing happened in that time.\n"


def _sentence(one: Any) -> str:
    seconds = one["secondsToSoldOut"]
    sold_out = "not sold out" if seconds is None else f"sold out after {seconds:.1f} s"
    through = "" if one["sellThrough"] is None else f" ({one['sellThrough']:.0%})"
    refused = f", {sum(one['log']['refused'].values())} requests refused" if one["log"] else ""
    lapsed = sum(one["events"]["expired"].values())
    return (
        f"{one['name']}: {one['events']['completed']} of {one['total']} sold{through}, {sold_out},"
        f" {lapsed} lapsed{refused}"
    )


def _instant(option: str, text: str) -> datetime | None:
    """Return the instant that an option gives, or None. Raise PlatformError if it has no zone."""
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise PlatformError(f"{option} must be a date and time with a time zone, such as 2026-11-27T09:00:00Z.")
    return instant


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
