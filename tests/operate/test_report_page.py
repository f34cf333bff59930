"""The page of a report: its figures, its plots, and nothing from elsewhere."""

import re
from html.parser import HTMLParser
from typing import Any

from infra.operate import report_plots
from infra.operate.report import summary
from infra.operate.report_page import page, rows_of
from tests.operate.reports import ADDRESSES, LOG, REPORT, SOLD

NOTHING = {**ADDRESSES, "tokens": 0, "addresses": 0, "ofTheTop": 0, "ofTheTopTen": 0, "since": None}


class Page(HTMLParser):
    """What a page loads, and its headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href")]


def test_the_figures_are_listed() -> None:
    rows = dict(rows_of(SOLD, ADDRESSES))
    assert rows == {
        "sold": "480 of 500 units (96.0%)",
        "reserved": "560 units in 540 reservations",
        "cancelled": "30 units",
        "lapsed": "30 units: 25 by message, 4 by sweep, 1 by reclaim",
        "first reservation": "2026-11-27T09:00:00.010Z",
        "sold out": "12.5 s after the first reservation, at 2026-11-27T09:00:12.510Z",
        "units back after the lapse": "median 0.30 s, p90 0.80 s, p99 1.20 s, longest 4.50 s",
        "shoppers": "400 with a token bought 470 units",
        "share of the top shopper": "47 units (10.0%); of the top ten 94 (20.0%)",
        "bought without a token": "10 units",
        "guest tokens": "450 for 90 addresses since 2026-11-27T09:00:00.000Z, all products",
        "share of the top address": "45 tokens (10.0%); of the top ten 180 (40.0%)",
        "requests served": "520",
        "refused: too little stock": "400 requests",
        "refused: limit per shopper": "20 requests",
        "database time": "median 1.50 ms, p99 9.25 ms, longest 40.00 ms",
        "function time": "median 2.50 ms, p99 12.00 ms, longest 55.50 ms",
        "arrival to answer": "median 30.00 ms, p99 900.00 ms, longest 1500.00 ms",
        "refused after a later arrival was served": "12 of 940 requests",
        "places between arrival and answer": "median 1, p99 9, of the requests served",
    }


def test_what_is_not_known_is_left_out_of_the_figures_and_named_on_the_page() -> None:
    unsold = {**SOLD, "secondsToSoldOut": None, "soldOutAt": None, "buyers": None, "log": None, "expiryLateness": None}
    assert set(dict(rows_of(unsold, NOTHING))) == {"sold", "reserved", "cancelled", "lapsed", "first reservation"}
    assert "<li>Who reserved from which address: &lt;not&gt; kept.</li>" in page(REPORT)


def test_the_page_loads_nothing_and_has_a_plot_for_each_figure_that_is_drawn() -> None:
    shown = Page(page(REPORT))
    assert [link for link in shown.loaded if not link.startswith("#")] == []
    assert shown.tags.count("svg") == 3
    assert "script" not in shown.tags
    assert re.findall(r"url\((?!#)", page(REPORT)) == []


def test_a_name_is_no_markup() -> None:
    assert "A &lt;lamp&gt;" in page(REPORT)
    assert "<lamp>" not in page(REPORT)


def plots(**members: Any) -> list[str]:
    return [name for name, _ in report_plots.draw({**SOLD, **members})]


def test_a_plot_without_figures_is_left_out() -> None:
    assert len(plots()) == 3
    assert plots(log=None) == ["Units over time"]
    assert plots(timeline=[], log={**LOG, "refused": {}, "order": None}) == []


def test_units_are_added_up_over_time() -> None:
    svg = dict(report_plots.draw(SOLD))["Units over time"]
    for text in ("reserved", "completed", "returned", "sold out", "seconds since the first reservation"):
        assert f">{text}<" in svg


def test_a_page_of_several_products_has_a_section_for_each() -> None:
    two = page({**REPORT, "products": [SOLD, {**SOLD, "name": "A shoe"}]})
    assert two.count("<h2>") == 3
    assert "<h1>Sale report</h1>" in two


def test_a_page_of_a_time_without_a_sale_says_so() -> None:
    assert "Nothing happened." in page({**REPORT, "products": []})
    assert summary({**REPORT, "products": []}) == "Nothing happened in that time.\n"


def test_the_summary_is_one_line_a_product() -> None:
    assert summary(REPORT) == (
        "A <lamp>: 480 of 500 sold (96%), sold out after 12.5 s, 30 lapsed, 420 requests refused\n"
    )
    unknown = {**REPORT, "products": [{**SOLD, "log": None, "secondsToSoldOut": None, "sellThrough": None}]}
    assert summary(unknown) == "A <lamp>: 480 of 500 sold, not sold out, 30 lapsed\n"
