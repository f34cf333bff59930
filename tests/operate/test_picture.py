"""The picture of a sale on a terminal, of data that stand still."""

import io
from typing import Any

import pytest
from rich.console import Console

from infra.operate.picture import picture
from infra.operate.signals import Signals
from tests.operate.sales import SALE, SIGNALS, product


def drawn(sale: Any = SALE, signals: Signals = SIGNALS, width: int = 180) -> str:
    """Return the picture as text."""
    console = Console(file=io.StringIO(), width=width)
    console.print(picture(sale, signals, "flash-sale-dev", width))
    text: str = console.file.getvalue()  # type: ignore[attr-defined] # it is a StringIO
    return text


def line_of(text: str, name: str) -> list[str]:
    """Return the cells of a product's line; the bar is left out."""
    (line,) = [line for line in text.splitlines() if name in line]
    return [cell.strip() for cell in line.replace("│", "┃").split("┃") if cell.strip(" ━╸╺")]


def test_the_head_says_when_how_many_connections_and_whether_it_balances() -> None:
    head = drawn().splitlines()[0]
    assert head.split("   ") == [
        "flash-sale-dev  2026-11-27 09:01:00 UTC",
        "database connections 37 of 100",
        "balance: every unit in its place at 09:00:41",
        "database busy: 2",
    ]


def test_a_line_has_the_figures_of_a_product() -> None:
    cells = line_of(drawn(), "A lamp")
    figures = ["334", "416", "1250", "2000", "240", "180", "12", "8", "3 limit", "5", "7 s", "1 min 31 s"]
    assert cells == ["A lamp", *figures, "0.3 / 1.3"]


def test_refusals_are_shown_by_reason() -> None:
    shown = drawn().splitlines()
    first = next(number for number, line in enumerate(shown) if "5120 no stock" in line)
    assert "Shoe" in shown[first]
    assert "sold out" in shown[first]
    assert "7 holds" in shown[first + 1]


def test_a_name_is_shown_as_it_is() -> None:
    assert "[bold]Shoe[/bold]" in drawn()
    assert "\x1b[2J" not in drawn({**SALE, "products": [product(name="\x1b[2JLamp")]})


def test_a_retired_product_is_counted_only_unless_something_is_held() -> None:
    assert "Last year's" not in drawn()
    assert "1 retired products are not shown" in drawn()
    held = product(name="Last year's", retiredAt="2025-11-27T09:00:00.000Z", held=1)
    assert "Last year's" in drawn({**SALE, "products": [held]})


def test_a_paused_product_is_marked() -> None:
    assert "A lamp (paused)" in drawn({**SALE, "products": [product(paused=True)]})
    assert "paused" not in drawn({**SALE, "products": [product()]})


def test_a_narrow_terminal_gets_what_matters_most() -> None:
    shown = drawn(width=110)
    assert max(map(len, shown.splitlines())) <= 110
    assert "sold out in" in shown
    assert "late s" not in shown


def test_a_shop_without_products_has_a_picture() -> None:
    assert "product" in drawn({**SALE, "products": []})


@pytest.mark.parametrize(("seconds", "shown"), [(59.4, "59 s"), (60, "1 min 0 s"), (3725, "1 h 2 min"), (None, "")])
def test_times_have_their_two_largest_units(seconds: float | None, shown: str) -> None:
    cells = line_of(drawn({**SALE, "products": [product(soldOutInSeconds=seconds)]}), "A lamp")
    assert cells[11:] == ([shown] if shown else [])
