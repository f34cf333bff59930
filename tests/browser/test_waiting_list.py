"""The waiting list against the whole system: two shoppers in two browsers wait for the one unit that is held."""

from collections.abc import Callable

import httpx
from playwright.sync_api import Page, expect
from psycopg import Connection

from tests.browser.shop import IPHONE, Shop
from tests.browser.stock import hold_seconds_of, leave
from tests.browser.waiting_scenes import JOIN

MILLISECONDS_TO_LAPSE = 60_000  # and for the queue and the page to notice


def test_the_unit_of_a_lapsed_hold_goes_to_the_first_in_line(
    page: Page, another_shopper: Shop, rows: Connection, reserve: Callable[[str], httpx.Response]
) -> None:
    leave(rows, IPHONE, 1)
    hold_seconds_of(rows, IPHONE, 20)
    assert reserve(IPHONE).status_code == 201
    first = Shop(page).open()
    for shop, place in ((first, "1st"), (another_shopper, "2nd")):
        shop.page.get_by_role("button", name=JOIN).click()
        expect(shop.card(IPHONE)).to_contain_text(place)
    expect(first.card(IPHONE)).to_contain_text("Handed over to you", timeout=MILLISECONDS_TO_LAPSE)
    expect(first.hold(IPHONE)).to_be_visible()
    expect(another_shopper.card(IPHONE)).to_contain_text("1st", timeout=MILLISECONDS_TO_LAPSE)
    [(by,)] = rows.execute("SELECT ended_by FROM reservations WHERE status = 'EXPIRED'")
    assert by in {"message", "sweep"}  # whichever comes first
