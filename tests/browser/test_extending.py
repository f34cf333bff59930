"""Extending a hold that is about to lapse."""

import re

import pytest
from playwright.sync_api import Route, expect
from psycopg import Connection

from tests.browser.shop import IPHONE, Shop
from tests.browser.stock import age_holds

EXTEND = re.compile(r"^Extend by 2:00 · \d+ left")


@pytest.fixture
def late(shop: Shop, rows: Connection) -> Shop:
    """The shop with a hold of two minutes of which half a minute is left."""
    shop.reserve(IPHONE)
    expect(shop.hold(IPHONE)).to_contain_text("You can extend it in its last 30 seconds · 10 left")
    expect(shop.hold(IPHONE).get_by_role("button", name=EXTEND)).to_have_count(0)
    age_holds(rows, 92)
    shop.forget_and_reload()
    return shop


def test_a_hold_can_be_extended_during_each_warning(late: Shop, rows: Connection) -> None:
    extend = late.hold(IPHONE).get_by_role("button", name=EXTEND)
    expect(late.hold(IPHONE)).to_contain_text("Time is running out")
    extend.click()
    expect(late.hold(IPHONE)).to_contain_text("Held for you")
    assert 100 <= late.seconds_left(IPHONE) <= 150
    expect(late.hold(IPHONE)).to_be_focused()
    announced = late.page.get_by_role("status").filter(has_text=f"You have more time for {IPHONE}: 2 minutes")
    expect(announced).to_have_count(1)
    age_holds(rows, 120)
    late.forget_and_reload()
    expect(late.hold(IPHONE)).to_contain_text("Time is running out")
    expect(extend).to_contain_text("9 left")


def test_while_others_wait_a_hold_is_extended_once(late: Shop, rows: Connection) -> None:
    """The shopper had read before that more extensions are left."""
    rows.execute(
        "INSERT INTO waiters (product_id, shopper_id, quantity, created_at, hold_seconds, max_extensions,"
        " cooldown_seconds) SELECT product_id, gen_random_uuid(), 100, instant_now(), 120, 10, 0 FROM reservations"
    )
    late.hold(IPHONE).get_by_role("button", name=EXTEND).click()
    expect(late.hold(IPHONE)).to_contain_text("Others wait for this product, so you cannot extend this hold.")
    age_holds(rows, 120)
    late.forget_and_reload()
    expect(late.hold(IPHONE)).to_contain_text("Time is running out")
    expect(late.hold(IPHONE).get_by_role("button", name=EXTEND)).to_have_count(0)


def test_a_hold_can_be_extended_in_the_payment_dialog(late: Shop) -> None:
    late.hold(IPHONE).get_by_role("button", name="Pay").click()
    dialog = late.page.get_by_role("dialog")
    dialog.get_by_role("button", name=EXTEND).click()
    expect(dialog.get_by_role("heading", name=f"Pay for {IPHONE}")).to_be_focused()
    expect(dialog.get_by_test_id("countdown")).to_have_text(re.compile("[12]:"))
    dialog.get_by_role("button", name="Pay").click()
    expect(dialog.get_by_role("heading", name="Payment complete")).to_be_visible()


def test_a_refused_extension_leaves_the_hold_unchanged(late: Shop, rows: Connection) -> None:
    def use_up(route: Route) -> None:
        rows.execute("UPDATE reservations SET extensions_left = 0")
        route.continue_()

    late.page.route("**/extend", use_up)
    ends = rows.execute("SELECT expires_at FROM reservations").fetchone()
    late.hold(IPHONE).get_by_role("button", name=EXTEND).click()
    refusal = "This hold cannot be extended again. Pay before its time ends."
    expect(late.hold(IPHONE).get_by_role("alert")).to_have_text(refusal)
    expect(late.hold(IPHONE)).to_be_focused()
    assert rows.execute("SELECT expires_at FROM reservations").fetchone() == ends
