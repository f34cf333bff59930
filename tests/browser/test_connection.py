"""Live while the API answers, honest while it does not, and back by itself."""

import re
import time

from playwright.sync_api import Page, Request, expect
from psycopg import Connection

from infra.local.postgres import Postgres
from tests.browser.shop import IPHONE, Shop
from tests.browser.stock import leave

STALE = re.compile(r"The shop does not answer. The stock on this page is \d+ s old")


def is_products(request: Request) -> bool:
    """Whether a request asks for the products."""
    return request.url.endswith("/api/products")


def test_what_others_do_shows_within_a_second_or_so(shop: Shop, rows: Connection) -> None:
    expect(shop.left(IPHONE)).to_contain_text("10 of 10")
    leave(rows, IPHONE, 4)
    expect(shop.left(IPHONE)).to_contain_text("4 of 10", timeout=3000)


def test_an_unchanged_answer_is_not_sent_again(shop: Shop) -> None:
    session = shop.page.context.new_cdp_session(shop.page)
    session.send("Network.enable")
    statuses: list[int] = []
    session.on("Network.responseReceivedExtraInfo", lambda event: statuses.append(event["statusCode"]))
    for _ in range(2):
        with shop.page.expect_request_finished(is_products):
            pass
    assert 304 in statuses


def test_a_database_that_is_down_and_back_is_told_and_overcome(shop: Shop, database: Postgres) -> None:
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


def test_it_asks_less_often_while_the_api_is_down(page: Page) -> None:
    asked: list[float] = []
    shop = Shop(page).open()
    expect(shop.left(IPHONE)).to_be_visible()
    page.route("**/api/**", lambda route: route.abort())
    page.on("request", lambda request: asked.append(time.monotonic()) if is_products(request) else None)
    expect(page.get_by_role("complementary", name="Connection")).to_contain_text(re.compile(r"1\d s old"))
    pauses = [later - earlier for earlier, later in zip(asked, asked[1:], strict=False)]
    assert pauses[-1] > 2 * pauses[0]
    page.unroute("**/api/**")
    with page.expect_response(lambda response: is_products(response.request)):
        page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()


def test_a_hidden_tab_asks_rarely_and_at_once_when_looked_at(page: Page) -> None:
    page.add_init_script("""
      window.show = (visible) => {
        Object.defineProperty(document, 'visibilityState', {value: visible ? 'visible' : 'hidden', configurable: true});
        Object.defineProperty(document, 'hidden', {value: !visible, configurable: true});
        document.dispatchEvent(new Event('visibilitychange', {bubbles: true}));
      }""")
    shop = Shop(page).open()
    expect(shop.left(IPHONE)).to_be_visible()
    page.evaluate("show(false)")
    with page.expect_request_finished(is_products):
        pass  # the one that was due already
    started = time.monotonic()
    with page.expect_request_finished(is_products, timeout=20_000):
        pass
    assert time.monotonic() - started > 5
    with page.expect_request(is_products, timeout=1000):
        page.evaluate("show(true)")


def test_a_press_without_an_answer_says_so_and_can_be_repeated(shop: Shop) -> None:
    shop.page.route("**/api/reservations", lambda route: route.abort())
    shop.button(IPHONE).click()
    expect(shop.card(IPHONE)).to_contain_text("The shop did not answer")
    shop.page.unroute("**/api/reservations")
    shop.reserve(IPHONE)
    expect(shop.card(IPHONE)).not_to_contain_text("did not answer")
