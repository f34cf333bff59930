"""Reserving, and being refused."""

import re

from playwright.sync_api import Page, expect
from psycopg import Connection

from tests.browser.shop import AIRPODS, GALAXY, IPHONE, MACBOOK, Shop
from tests.browser.stock import hold_seconds_of, leave, sale_starts_in


def test_stock_drops_and_a_hold_appears(shop: Shop) -> None:
    expect(shop.left(IPHONE)).to_contain_text("10 of 10")
    shop.reserve(IPHONE)
    expect(shop.left(IPHONE)).to_contain_text("9 of 10")
    assert 115 <= shop.seconds_left(IPHONE) <= 120


def test_several_units_are_reserved_at_once(shop: Shop) -> None:
    more = shop.card(AIRPODS).get_by_role("button", name="One more")
    more.click()
    more.click()
    shop.card(AIRPODS).get_by_role("button", name="Reserve 3").click()
    expect(shop.hold(AIRPODS)).to_contain_text("3 × $249")
    expect(shop.left(AIRPODS)).to_contain_text("22 of 25")


def test_the_stepper_stops_at_what_is_left(page: Page, rows: Connection) -> None:
    leave(rows, MACBOOK, 2)
    shop = Shop(page).open()
    more = shop.card(MACBOOK).get_by_role("button", name="One more")
    more.click()
    expect(more).to_have_attribute("aria-disabled", "true")
    more.click(force=True)
    expect(shop.card(MACBOOK).get_by_role("status")).to_have_text("2")


def test_a_double_click_reserves_once(shop: Shop, rows: Connection) -> None:
    shop.button(GALAXY).dblclick()
    expect(shop.hold(GALAXY)).to_be_visible()
    expect(shop.left(GALAXY)).to_contain_text("14 of 15")
    assert rows.execute("SELECT count(*) FROM reservations").fetchone() == (1,)


def test_the_second_of_two_shoppers_is_refused_and_keeps_the_focus(
    page: Page, another_shopper: Shop, rows: Connection
) -> None:
    leave(rows, IPHONE, 1)
    shop = Shop(page).open()
    expect(shop.left(IPHONE)).to_contain_text("1 of 10")
    expect(another_shopper.left(IPHONE)).to_contain_text("1 of 10")
    known = page.request.get("/api/products").json()
    page.route("**/api/products", lambda route: route.fulfill(json=known))  # the page does not learn of the sale
    another_shopper.reserve(IPHONE)
    button = shop.button(IPHONE)
    button.scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    button.click()
    expect(shop.card(IPHONE)).to_contain_text("Just sold out")
    page.unroute("**/api/products")
    expect(shop.card(IPHONE)).to_contain_text(re.compile(r"Next unit may be released in [01]:\d\d"))
    expect(page.get_by_role("status").filter(has_text="Just sold out")).to_have_count(1)
    expect(button).to_be_focused()
    assert page.evaluate("scrollY") == scrolled


def test_a_sold_out_product_shows_the_next_release(shop: Shop, another_shopper: Shop, rows: Connection) -> None:
    leave(rows, MACBOOK, 1)
    hold_seconds_of(rows, MACBOOK, 7)
    another_shopper.reserve(MACBOOK)
    expect(shop.button(MACBOOK)).to_contain_text("Join the waiting list")
    expect(shop.card(MACBOOK)).to_contain_text("Next unit may be released in 0:0")
    expect(shop.button(MACBOOK)).to_contain_text("Reserve")


def test_a_product_whose_units_are_all_bought_says_so(shop: Shop, rows: Connection) -> None:
    leave(rows, MACBOOK, 1)
    shop.reserve(MACBOOK)
    shop.pay(MACBOOK)
    expect(shop.card(MACBOOK)).to_contain_text("All units have been bought.")


def test_a_sale_counts_down_and_opens_without_a_reload(shop: Shop, rows: Connection) -> None:
    sale_starts_in(rows, GALAXY, seconds=4)
    expect(shop.card(GALAXY)).to_contain_text("Opens in 0:0")
    expect(shop.button(GALAXY)).to_have_attribute("aria-disabled", "true")
    expect(shop.button(GALAXY)).to_have_text(re.compile("Reserve"))
    shop.reserve(GALAXY)


def test_filter_and_sort_are_kept_in_the_address(page: Page, rows: Connection) -> None:
    leave(rows, IPHONE, 2)
    leave(rows, GALAXY, 0)
    shop = Shop(page).open()
    page.get_by_role("radio", name="Low stock").check()
    expect(shop.card(IPHONE)).to_be_visible()
    expect(shop.card(GALAXY)).to_have_count(0)
    page.get_by_role("radio", name="In stock").check()
    page.get_by_label("Sort by").select_option("Price, high to low")
    expect(page).to_have_url(re.compile(r"\?show=available&sort=dearest$"))
    page.reload()
    headings = page.get_by_role("region", name="On sale").get_by_role("listitem").get_by_role("heading")
    expect(headings).to_have_text([MACBOOK, IPHONE, 'iPad Pro 12.9"', "Sony WH-1000XM5 Headphones", AIRPODS])


def test_a_filter_without_matches_can_be_removed(shop: Shop) -> None:
    shop.page.get_by_role("radio", name="Low stock").check()
    expect(shop.page.get_by_role("heading", name="No product matches this filter")).to_be_visible()
    shop.page.get_by_role("link", name="Show all products").click()
    expect(shop.card(IPHONE)).to_be_visible()
