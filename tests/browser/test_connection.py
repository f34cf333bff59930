"""Stock stays up to date, and the page says when it is not."""

import re

from playwright.sync_api import Page, Request, Route, expect
from psycopg import Connection

from infra.local.postgres import Postgres
from tests.browser.shop import IPHONE, Shop
from tests.browser.stock import leave

STALE = re.compile(r"The shop does not answer. The stock on this page is \d+ s old")


def is_products(request: Request) -> bool:
    """Return whether the request is for the products."""
    return request.url.endswith("/api/products")


def test_a_change_of_stock_is_shown_without_a_reload(shop: Shop, rows: Connection) -> None:
    expect(shop.left(IPHONE)).to_contain_text("10 of 10")
    leave(rows, IPHONE, 4)
    expect(shop.left(IPHONE)).to_contain_text("4 of 10")


def test_unchanged_products_are_answered_with_304(shop: Shop) -> None:
    session = shop.page.context.new_cdp_session(shop.page)
    session.send("Network.enable")
    statuses: list[int] = []
    session.on("Network.responseReceivedExtraInfo", lambda event: statuses.append(event["statusCode"]))
    for _ in range(2):
        with shop.page.expect_request_finished(is_products):
            pass
    assert 304 in statuses


def test_the_shop_survives_a_database_outage(shop: Shop, database: Postgres) -> None:
    shop.reserve(IPHONE)
    database.stop()
    try:
        expect(shop.page.get_by_text("Reconnecting")).to_be_visible()
        expect(shop.page.get_by_role("complementary", name="Connection")).to_contain_text(STALE)
        expect(shop.hold(IPHONE)).to_be_visible()
        shop.page.reload()
        expect(shop.hold(IPHONE)).to_be_visible()
        expect(shop.page.get_by_role("heading", name="The shop cannot be reached")).to_be_visible()
    finally:
        database.start()
    expect(shop.left(IPHONE)).to_contain_text("9 of 10", timeout=40_000)
    expect(shop.page.get_by_text("Live", exact=True)).to_be_visible()


def test_the_age_of_the_stock_is_shown_while_the_api_is_down(page: Page) -> None:
    page.clock.install()
    shop = Shop(page).open()
    expect(shop.left(IPHONE)).to_be_visible()
    page.route("**/api/**", lambda route: route.abort())
    banner = page.get_by_role("complementary", name="Connection")
    expect(banner).to_contain_text(STALE)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(banner).to_be_in_viewport()
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 1"))  # from here on, only a press asks for the products
    page.unroute("**/api/**")
    with page.expect_request(is_products):
        page.get_by_role("button", name="Try again").click()
    page.clock.resume()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()


def test_a_slow_answer_is_shown_before_the_request_times_out(page: Page) -> None:
    shop = Shop(page).open()
    expect(shop.left(IPHONE)).to_be_visible()
    delayed: list[Route] = []
    page.route("**/api/products", lambda route: delayed.append(route))
    expect(page.get_by_text("Slow", exact=True)).to_be_visible(timeout=9000)
    expect(page.get_by_role("complementary", name="Connection")).to_contain_text("The shop answers slowly")
    for route in list(delayed):
        route.continue_()
    page.unroute("**/api/products")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()


def test_a_hidden_tab_requests_products_rarely_and_at_once_when_it_is_shown(page: Page) -> None:
    page.clock.install()
    page.add_init_script("""
      window.show = (visible) => {
        Object.defineProperty(document, 'visibilityState', {value: visible ? 'visible' : 'hidden', configurable: true});
        Object.defineProperty(document, 'hidden', {value: !visible, configurable: true});
        document.dispatchEvent(new Event('visibilitychange', {bubbles: true}));
      }""")
    shop = Shop(page).open()
    expect(shop.left(IPHONE)).to_be_visible()
    page.evaluate("show(false)")
    page.clock.run_for(500)
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request) if is_products(request) else None)
    page.clock.run_for(10_000)
    assert requests == []
    with page.expect_request(is_products):
        page.evaluate("show(true)")


def test_an_unanswered_reserve_request_is_reported_and_can_be_repeated(shop: Shop) -> None:
    shop.page.route("**/api/reservations", lambda route: route.abort())
    shop.button(IPHONE).click()
    expect(shop.card(IPHONE)).to_contain_text("The shop did not answer")
    shop.page.unroute("**/api/reservations")
    shop.reserve(IPHONE)
    expect(shop.card(IPHONE)).not_to_contain_text("did not answer")
