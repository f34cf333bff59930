"""Limits per shopper: each refusal says why and links to the hold in the way."""

import re

from playwright.sync_api import Page, expect
from psycopg import Connection

from tests.browser.shop import AIRPODS, GALAXY, IPHONE, MACBOOK, Shop
from tests.browser.stock import let_lapse, most_per_shopper

IPAD = 'iPad Pro 12.9"'
SONY = "Sony WH-1000XM5 Headphones"


def reservations_of(rows: Connection, shop: Shop) -> int:
    """Count all reservations of a shopper."""
    counted = rows.execute(
        "SELECT count(*) FROM reservations WHERE shopper_id = %s", [shop.shopper["shopperId"]]
    ).fetchone()
    assert counted is not None
    return int(counted[0])


def test_the_limit_is_on_the_card_and_bounds_the_quantity(page: Page, rows: Connection) -> None:
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
    shop.card(IPHONE).get_by_role("button", name=f"Reserve 1 more {IPHONE}").click()
    expect(shop.card(IPHONE)).to_contain_text("You have 2 of 2 per shopper")
    expect(more).to_have_count(0)
    expect(shop.button(IPHONE)).to_be_focused()


def test_at_the_limit_the_card_offers_payment_only(page: Page, rows: Connection) -> None:
    most_per_shopper(rows, IPHONE, 1)
    shop = Shop(page).open()
    shop.reserve(IPHONE)
    expect(shop.card(IPHONE)).to_contain_text("You have 1 of 1 per shopper")
    expect(shop.card(IPHONE).get_by_role("button", name="Reserve")).to_have_count(0)
    shop.cancel_hold(IPHONE)
    expect(shop.button(IPHONE)).to_have_text(re.compile("^Reserve"))
    shop.reserve(IPHONE)
    shop.pay(IPHONE)
    expect(shop.button(IPHONE)).to_have_text(re.compile("^You have 1 of 1"))
    expect(shop.button(IPHONE)).to_have_attribute("aria-disabled", "true")


def test_a_refusal_for_too_many_holds_links_to_the_holds(shop: Shop, rows: Connection) -> None:
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


def test_a_cooldown_is_counted_down(shop: Shop, rows: Connection) -> None:
    let_lapse(rows, shop.shopper["shopperId"], GALAXY, holds=3, seconds_ago=57)
    shop.press_reserve(GALAXY)
    expect(shop.card(GALAXY)).to_contain_text(re.compile(r"You can reserve it again in 0:0\d"))
    expect(shop.button(GALAXY)).to_have_attribute("aria-disabled", "true")
    expect(shop.button(GALAXY)).to_be_focused()
    assert reservations_of(rows, shop) == 3
    expect(shop.card(GALAXY)).not_to_contain_text("Please wait")
    shop.reserve(GALAXY)


def test_a_cooldown_is_known_after_a_reload(shop: Shop, rows: Connection) -> None:
    let_lapse(rows, shop.shopper["shopperId"], GALAXY, holds=3, seconds_ago=5)
    shop.press_reserve(GALAXY)
    expect(shop.card(GALAXY)).to_contain_text("You can reserve it again in")
    asked: list[str] = []
    shop.page.on("request", lambda request: asked.append(request.method))
    shop.page.reload()
    expect(shop.card(GALAXY)).to_contain_text(re.compile(r"You can reserve it again in 0:[1-5]\d"))
    expect(shop.button(GALAXY)).to_have_attribute("aria-disabled", "true")
    shop.button(GALAXY).click(force=True)
    expect(shop.left(GALAXY)).to_be_visible()
    assert "POST" not in asked


def test_a_lapse_that_may_start_a_cooldown_is_warned_of(page: Page, rows: Connection) -> None:
    shop = Shop(page).open()
    let_lapse(rows, shop.shopper["shopperId"], GALAXY, holds=2, seconds_ago=90)
    shop.open()
    shop.reserve(GALAXY)
    warning = "You let 2 holds of this product lapse. If this one lapses too, you may have to wait"
    expect(shop.card(GALAXY)).to_contain_text(warning)
    expect(shop.hold(GALAXY)).to_contain_text(warning)
