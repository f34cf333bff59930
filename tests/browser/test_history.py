"""The history of a shopper's reservations."""

import re

from playwright.sync_api import Page, expect
from psycopg import Connection

from tests.browser.shop import AIRPODS, GALAXY, IPHONE, MACBOOK, Shop
from tests.browser.stock import hold_seconds_of


def figures(page: Page) -> list[str]:
    """Return the totals: held, bought, paid, expired."""
    expect(page.get_by_role("definition")).to_have_count(4)
    return page.get_by_role("definition").all_inner_texts()


def test_all_four_endings_are_listed_counted_and_filtered(shop: Shop, rows: Connection) -> None:
    hold_seconds_of(rows, GALAXY, 5)
    shop.reserve(GALAXY)
    shop.reserve(MACBOOK)
    shop.cancel_hold(MACBOOK)
    shop.reserve(AIRPODS)
    shop.pay(AIRPODS)
    shop.reserve(IPHONE)
    expect(shop.lapsed(GALAXY)).to_be_visible()
    shop.go_to("History")
    endings = [("iPhone", "Held"), ("AirPods", "Bought"), ("MacBook", "Cancelled"), ("Samsung", "Expired")]
    expect(shop.history).to_have_text([re.compile(f"{name}.*{ending}", re.DOTALL) for name, ending in endings])
    assert figures(shop.page) == ["1", "1", "$249", "1"]
    for name, ending in endings:
        shop.page.get_by_role("radio", name=ending, exact=True).check()
        expect(shop.history).to_have_text([re.compile(name)])
    expect(shop.page).to_have_url(re.compile("status=EXPIRED"))
    shop.page.get_by_role("radio", name="Held").check()
    shop.history.get_by_role("link", name="Go to hold").click()
    expect(shop.hold(IPHONE)).to_be_visible()


def test_times_are_local_and_exact_on_hover(shop: Shop) -> None:
    shop.reserve(IPHONE)
    shop.go_to("History")
    time = shop.history.locator("time").first
    expect(time).to_have_attribute("title", re.compile(r"\d\d:\d\d:\d\d"))
    expect(time).to_have_attribute("datetime", re.compile(r"^\d{4}-\d\d-\d\dT.*Z$"))


def test_a_long_history_is_shown_in_pages(page: Page, rows: Connection) -> None:
    shop = Shop(page).open()
    shop.reserve(AIRPODS)
    rows.execute("""
        INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, status,
                                  created_at, expires_at, ended_at, ended_by)
        SELECT product_id, slot, shopper_id, 1, 249, 'CANCELLED',
               now() - interval '3 min', now() - interval '1 min', now() - interval '2 min', 'shopper'
        FROM reservations, generate_series(1, 44)""")
    shop.open("/?view=history")
    expect(shop.history).to_have_count(20)
    page.get_by_role("button", name="Show 20 more").click()
    page.get_by_role("button", name="Show 5 more").click()
    expect(shop.history).to_have_count(45)


def test_reservations_that_the_server_does_not_have_disappear(shop: Shop, rows: Connection) -> None:
    shop.reserve(IPHONE)
    with rows.transaction():
        rows.execute("UPDATE stock SET available = total")
        rows.execute("DELETE FROM reservations")
    shop.page.reload()
    expect(shop.hold(IPHONE)).to_have_count(0)
    shop.go_to("History")
    expect(shop.page.get_by_role("heading", name="No reservations yet")).to_be_visible()


def test_a_reservation_shows_its_timeline(shop: Shop, rows: Connection) -> None:
    hold_seconds_of(rows, GALAXY, 5)
    shop.reserve(GALAXY)
    shop.reserve(AIRPODS)
    shop.pay(AIRPODS)
    expect(shop.lapsed(GALAXY)).to_be_visible()
    shop.go_to("History")
    with shop.page.expect_response(re.compile(r"/api/reservations/[0-9a-f-]{36}$")):
        shop.page.get_by_role("button", name=f"Timeline of {AIRPODS}").click()
    steps = shop.page.get_by_role("list", name=f"Timeline of {AIRPODS}").get_by_role("listitem")
    expect(steps).to_have_text([re.compile(r"\d\d:\d\d:\d\d.*Reserved by you"), re.compile("Bought by you")])
    expect(steps.first.locator("time")).to_have_attribute("title", re.compile(r"\d{4}.*\d\d:\d\d:\d\d"))
    opener = shop.page.get_by_role("button", name=f"Timeline of {GALAXY}")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    lapsed = shop.page.get_by_role("list", name=f"Timeline of {GALAXY}")
    expect(lapsed).to_contain_text("Reserved by you")
    expect(lapsed).to_contain_text("Expired at the end of its time")
    opener.click()
    expect(lapsed).to_have_count(0)
