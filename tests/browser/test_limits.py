"""What one shopper may have of a sale, explained where it is refused, with the way on."""

import re

from playwright.sync_api import Browser, Page, expect
from psycopg import Connection

from tests.browser.shop import AIRPODS, GALAXY, IPHONE, MACBOOK, Shop
from tests.browser.stock import let_lapse, most_per_shopper

IPAD = 'iPad Pro 12.9"'
SONY = "Sony WH-1000XM5 Headphones"
PHONE = {"width": 390, "height": 844}


def reservations_of(rows: Connection, shop: Shop) -> int:
    """Count all reservations a shopper ever made."""
    counted = rows.execute(
        "SELECT count(*) FROM reservations WHERE shopper_id = %s", [shop.shopper["shopperId"]]
    ).fetchone()
    assert counted is not None
    return int(counted[0])


def test_the_limit_stands_on_the_card_and_bounds_the_stepper(page: Page, rows: Connection) -> None:
    most_per_shopper(rows, IPHONE, 2)
    shop = Shop(page).open()
    expect(shop.card(IPHONE)).to_contain_text("2 per shopper")
    more = shop.card(IPHONE).get_by_role("button", name="One more")
    more.click()
    expect(more).to_have_attribute("aria-disabled", "true")
    shop.card(IPHONE).get_by_role("button", name="One less").click()
    shop.reserve(IPHONE)
    expect(shop.card(IPHONE)).to_contain_text("You have 1 of 2 per shopper")
    expect(more).to_have_attribute("aria-disabled", "true")


def test_who_holds_it_already_is_taken_to_the_hold(page: Page, rows: Connection) -> None:
    most_per_shopper(rows, IPHONE, 1)
    shop = Shop(page).open()
    shop.reserve(IPHONE)
    shop.press_reserve(IPHONE)
    expect(shop.card(IPHONE)).to_contain_text("You already hold this product")
    expect(shop.button(IPHONE)).to_be_focused()
    assert reservations_of(rows, shop) == 1
    shop.card(IPHONE).get_by_role("button", name="Go to your hold").click()
    expect(shop.hold(IPHONE)).to_be_focused()
    expect(page).to_have_url(re.compile(r"/$"))
    shop.cancel_hold(IPHONE)
    expect(shop.card(IPHONE)).not_to_contain_text("You already hold this product")


def test_on_a_phone_the_jump_opens_the_holds(browser: Browser, base_url: str, rows: Connection) -> None:
    most_per_shopper(rows, IPHONE, 1)
    context = browser.new_context(base_url=base_url, viewport=PHONE, is_mobile=True, has_touch=True)
    shop = Shop(context.new_page()).open()
    shop.press_reserve(IPHONE)
    expect(shop.page.get_by_text("You hold 1")).to_be_visible()
    shop.press_reserve(IPHONE)
    shop.card(IPHONE).get_by_role("button", name="Go to your hold").tap()
    expect(shop.page).to_have_url(re.compile("view=holds"))
    expect(shop.hold(IPHONE)).to_be_focused()
    context.close()


def test_who_has_bought_enough_is_told_so(page: Page, rows: Connection) -> None:
    most_per_shopper(rows, AIRPODS, 1)
    shop = Shop(page).open()
    shop.reserve(AIRPODS)
    shop.pay(AIRPODS)
    shop.press_reserve(AIRPODS)
    expect(shop.card(AIRPODS)).to_contain_text("You have bought 1 of 1")
    expect(shop.card(AIRPODS).get_by_role("button", name="Go to")).to_have_count(0)
    assert reservations_of(rows, shop) == 1


def test_who_holds_too_much_is_taken_to_the_holds(shop: Shop, rows: Connection) -> None:
    for product in (AIRPODS, GALAXY, IPHONE, MACBOOK, IPAD):
        shop.reserve(product)
    shop.press_reserve(SONY)
    expect(shop.card(SONY)).to_contain_text("You have 5 holds")
    assert reservations_of(rows, shop) == 5
    shop.card(SONY).get_by_role("button", name="Go to your holds").click()
    expect(shop.holds.get_by_role("heading", name="Your holds")).to_be_focused()
    shop.cancel_hold(IPAD)
    expect(shop.card(SONY)).not_to_contain_text("You have 5 holds")
    shop.reserve(SONY)


def test_who_let_many_holds_lapse_has_a_break_that_counts_down(shop: Shop, rows: Connection) -> None:
    let_lapse(rows, shop.shopper["shopperId"], GALAXY, holds=3, seconds_ago=52)
    shop.press_reserve(GALAXY)
    expect(shop.card(GALAXY)).to_contain_text(re.compile(r"You can reserve it again in 0:0\d"))
    expect(shop.button(GALAXY)).to_have_attribute("aria-disabled", "true")
    expect(shop.button(GALAXY)).to_be_focused()
    assert reservations_of(rows, shop) == 3
    expect(shop.card(GALAXY)).not_to_contain_text("Please wait")
    shop.reserve(GALAXY)
