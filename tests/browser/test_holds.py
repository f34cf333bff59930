"""Holds: countdown, payment, cancelling, lapse, and reloading the page."""

import re
import time

from playwright.sync_api import Page, expect
from psycopg import Connection

from tests.browser.shop import AIRPODS, GALAXY, IPHONE, Shop
from tests.browser.stock import hold_seconds_of, leave

RENDERING = 0.3
AN_HOUR_AHEAD = """
{
  const Real = Date;
  const ahead = 3600000;
  globalThis.Date = class extends Real {
    constructor(...given) { if (given.length) super(...given); else super(Real.now() + ahead); }
    static now() { return Real.now() + ahead; }
  };
}
"""


def true_seconds_left(rows: Connection) -> float:
    """Return the seconds until the newest hold lapses, by the database clock."""
    question = "SELECT extract(epoch FROM expires_at - clock_timestamp()) FROM reservations ORDER BY created_at DESC"
    answer = rows.execute(question).fetchone()
    assert answer is not None
    return float(answer[0])


def assert_countdown_is_right(shop: Shop, product: str, rows: Connection) -> None:
    """Check the countdown: 10 means that more than 9 and at most 10 seconds are left, plus the time to render."""
    before = true_seconds_left(rows)
    shown = shop.seconds_left(product)
    after = true_seconds_left(rows)
    assert after - RENDERING <= shown <= before + 1 + RENDERING


def test_a_refresh_shows_the_same_countdown(shop: Shop, rows: Connection) -> None:
    shop.reserve(IPHONE)
    assert_countdown_is_right(shop, IPHONE, rows)
    shop.page.reload()
    expect(shop.hold(IPHONE)).to_be_visible()
    assert_countdown_is_right(shop, IPHONE, rows)


def test_holds_are_shown_again_after_the_tab_was_closed(shop: Shop) -> None:
    shop.reserve(IPHONE)
    again = shop.page.context.new_page()
    shop.page.close()
    expect(Shop(again).open("/?view=holds").hold(IPHONE)).to_be_visible()


def test_the_countdown_is_right_with_a_browser_clock_an_hour_ahead(page: Page, rows: Connection) -> None:
    page.add_init_script(AN_HOUR_AHEAD)
    shop = Shop(page).open()
    assert abs(page.evaluate("Date.now()") / 1000 - time.time() - 3600) < 5
    shop.reserve(IPHONE)
    assert_countdown_is_right(shop, IPHONE, rows)
    page.reload()
    expect(shop.hold(IPHONE)).to_be_visible()
    assert_countdown_is_right(shop, IPHONE, rows)


def test_a_lapse_is_shown_and_the_unit_returns_to_stock_without_a_reload(shop: Shop, rows: Connection) -> None:
    hold_seconds_of(rows, GALAXY, 5)
    shop.reserve(GALAXY)
    expect(shop.left(GALAXY)).to_contain_text("14 of 15")
    expect(shop.lapsed(GALAXY)).to_be_visible()
    assert true_seconds_left(rows) <= 0
    expect(shop.left(GALAXY)).to_contain_text("15 of 15")
    announced = shop.page.get_by_role("status").filter(has_text="Your hold on Samsung Galaxy S24 Ultra has expired")
    expect(announced).to_have_count(1)
    shop.lapsed(GALAXY).get_by_role("button", name="Dismiss").click()
    expect(shop.holds).to_contain_text("No holds")
    expect(shop.holds.get_by_role("heading", name="Your holds")).to_be_focused()


def test_the_warning_is_announced_once(shop: Shop, rows: Connection) -> None:
    hold_seconds_of(rows, IPHONE, 12)
    shop.page.evaluate("""() => {
      window.heard = [];
      const region = document.querySelector('[role=status].sr-only');
      new MutationObserver(() => window.heard.push(region.textContent))
        .observe(region, {childList: true, subtree: true, characterData: true});
    }""")
    shop.reserve(IPHONE)
    expect(shop.hold(IPHONE)).to_contain_text("Time is running out")
    expect(shop.lapsed(IPHONE)).to_be_visible()
    warnings = {text for text in shop.page.evaluate("window.heard") if "left to pay" in text}
    assert warnings == {"3 seconds left to pay for iPhone 15 Pro Max. You can extend the hold."}


def test_paying_completes_the_reservation(shop: Shop) -> None:
    shop.reserve(IPHONE)
    shop.pay(IPHONE)
    expect(shop.hold(IPHONE)).to_have_count(0)
    expect(shop.holds.get_by_role("heading", name="Your holds")).to_be_focused()
    expect(shop.left(IPHONE)).to_contain_text("9 of 10")
    shop.go_to("History")
    expect(shop.history).to_have_text([re.compile("iPhone.*Bought.*paid", re.DOTALL)])


def test_a_declined_card_leaves_the_hold_unchanged(shop: Shop) -> None:
    shop.reserve(IPHONE)
    shop.hold(IPHONE).get_by_role("button", name="Pay").click()
    dialog = shop.page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Test card 0002").check()
    dialog.get_by_role("button", name="Pay").click()
    expect(dialog.get_by_role("alert").filter(has_text="Card declined")).to_be_visible()
    dialog.get_by_role("button", name="Not yet").click()
    expect(shop.hold(IPHONE)).to_be_visible()


def test_a_hold_that_lapses_in_the_payment_dialog_charges_nothing(shop: Shop, rows: Connection) -> None:
    hold_seconds_of(rows, IPHONE, 7)
    shop.reserve(IPHONE)
    shop.hold(IPHONE).get_by_role("button", name="Pay").click()
    dialog = shop.page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="The hold has expired")).to_be_visible()
    expect(dialog).to_contain_text("You have not been charged")
    assert rows.execute("SELECT count(*) FROM reservations WHERE status = 'COMPLETED'").fetchone() == (0,)


def test_cancelling_asks_first_and_returns_the_unit_to_stock(shop: Shop) -> None:
    shop.reserve(AIRPODS)
    shop.hold(AIRPODS).get_by_role("button", name="Cancel hold").click()
    keep = shop.page.get_by_role("dialog").get_by_role("button", name="Keep hold")
    expect(keep).to_be_focused()
    keep.press("Enter")
    expect(shop.hold(AIRPODS).get_by_role("button", name="Cancel hold")).to_be_focused()
    shop.cancel_hold(AIRPODS)
    expect(shop.left(AIRPODS)).to_contain_text("25 of 25")


def test_tabs_of_one_shopper_show_the_same_holds(shop: Shop) -> None:
    other = Shop(shop.page.context.new_page()).open()
    shop.reserve(IPHONE)
    expect(other.hold(IPHONE)).to_be_visible()
    other.pay(IPHONE)
    expect(shop.hold(IPHONE)).to_have_count(0)


def test_another_shopper_does_not_see_the_hold(shop: Shop, another_shopper: Shop, rows: Connection) -> None:
    leave(rows, IPHONE, 2)
    shop.reserve(IPHONE)
    expect(another_shopper.left(IPHONE)).to_contain_text("1 of 10")
    expect(another_shopper.hold(IPHONE)).to_have_count(0)
