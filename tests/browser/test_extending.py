"""More time for a hold that is running out."""

import re

from playwright.sync_api import Page, Route, expect
from psycopg import Connection

from tests.browser.shop import IPHONE, Shop
from tests.browser.stock import hold_seconds_of

KEEP = re.compile(r"^Extend by 0:31")


def test_at_the_warning_a_hold_can_be_kept_once_for_as_long_again(shop: Shop, rows: Connection) -> None:
    hold_seconds_of(rows, IPHONE, 31)
    shop.reserve(IPHONE)
    keep = shop.hold(IPHONE).get_by_role("button", name=KEEP)
    expect(keep).to_have_count(0)
    expect(shop.hold(IPHONE)).to_contain_text("Time is running out")
    before = shop.seconds_left(IPHONE)
    keep.click()
    expect(shop.hold(IPHONE)).to_contain_text("Held for you")
    assert before + 28 <= shop.seconds_left(IPHONE) <= before + 31
    expect(shop.hold(IPHONE)).to_be_focused()
    told = shop.page.get_by_role("status").filter(has_text=f"You have more time for {IPHONE}: 1 minute")
    expect(told).to_have_count(1)
    rows.execute("UPDATE reservations SET expires_at = expires_at - interval '40 s'")
    shop.page.evaluate("localStorage.removeItem('ember.reservations')")
    shop.page.reload()
    expect(shop.hold(IPHONE)).to_contain_text("Time is running out")
    expect(keep).to_have_count(0)


def test_while_paying_there_is_more_time_too(shop: Shop, rows: Connection) -> None:
    hold_seconds_of(rows, IPHONE, 29)
    shop.reserve(IPHONE)
    shop.hold(IPHONE).get_by_role("button", name="Pay").click()
    dialog = shop.page.get_by_role("dialog")
    dialog.get_by_role("button", name=re.compile("^Extend by 0:29")).click()
    expect(dialog.get_by_role("heading", name=f"Pay for {IPHONE}")).to_be_focused()
    expect(dialog.get_by_test_id("countdown")).to_have_text(re.compile("0:[45]"))
    dialog.get_by_role("button", name="Pay").click()
    expect(dialog.get_by_role("heading", name="Payment complete")).to_be_visible()


def test_a_refusal_is_told_and_leaves_the_hold_as_it_is(page: Page, rows: Connection) -> None:
    hold_seconds_of(rows, IPHONE, 29)
    shop = Shop(page).open()
    shop.reserve(IPHONE)

    def use_it_up(route: Route) -> None:
        rows.execute("UPDATE reservations SET extensions_left = 0")
        route.continue_()

    page.route("**/extend", use_it_up)
    ends = rows.execute("SELECT expires_at FROM reservations").fetchone()
    shop.hold(IPHONE).get_by_role("button", name="Extend by").click()
    expect(shop.hold(IPHONE).get_by_role("alert")).to_have_text(
        "This hold cannot be extended again. Pay before its time ends."
    )
    expect(shop.hold(IPHONE)).to_be_focused()
    assert rows.execute("SELECT expires_at FROM reservations").fetchone() == ends
