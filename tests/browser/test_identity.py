"""The shopper's token: fetched once, saved, shared by all tabs, and replaced when it is rejected."""

import re

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect
from psycopg import Connection

from tests.browser.shop import AIRPODS, IPHONE, Shop

TOKENS = "**/api/shoppers"


@pytest.fixture
def tokens(context: BrowserContext) -> list[Request]:
    """The requests for a token, of all tabs of the browser."""
    asked: list[Request] = []
    context.on("request", lambda request: asked.append(request) if request.url.endswith("/api/shoppers") else None)
    return asked


def test_a_token_is_fetched_once_and_kept(tokens: list[Request], shop: Shop, rows: Connection) -> None:
    shop.reserve(IPHONE)
    shop.page.reload()
    expect(shop.hold(IPHONE)).to_be_visible()
    shop.reserve(AIRPODS)
    assert len(tokens) == 1
    found = rows.execute("SELECT DISTINCT shopper_id::text FROM reservations").fetchall()
    assert found == [(shop.shopper["shopperId"],)]


def test_a_token_is_fetched_before_the_first_action(tokens: list[Request], shop: Shop) -> None:
    assert shop.shopper["token"]
    assert len(tokens) == 1


def test_products_are_requested_without_a_token(shop: Shop) -> None:
    assert shop.shopper["token"]
    with shop.page.expect_request("**/api/products") as asked:
        pass
    assert "authorization" not in asked.value.all_headers()


def test_a_tab_waits_for_the_token_that_another_tab_fetches(
    tokens: list[Request], context: BrowserContext, base_url: str
) -> None:
    held: list[Route] = []
    context.route(TOKENS, lambda route: held.append(route))
    first, second = context.new_page(), context.new_page()
    with context.expect_event("request", lambda request: request.url.endswith("/api/shoppers")):
        first.goto(base_url)
    Shop(second).open(base_url)
    Shop(second).press_reserve(AIRPODS)
    held[0].continue_()
    expect(Shop(second).hold(AIRPODS)).to_be_visible()
    Shop(first).reserve(IPHONE)
    assert len(tokens) == 1
    assert Shop(first).shopper == Shop(second).shopper


def test_a_rejected_token_is_replaced_and_the_request_repeated(
    tokens: list[Request], shop: Shop, rows: Connection
) -> None:
    known = shop.shopper
    _keep_in_all_tabs(shop.page, {**known, "token": "forged"})
    shop.reserve(IPHONE)
    expect(shop.card(IPHONE)).not_to_contain_text("did not answer")
    assert len(tokens) == 2
    assert shop.shopper["shopperId"] != known["shopperId"]
    assert rows.execute("SELECT shopper_id::text FROM reservations").fetchall() == [(shop.shopper["shopperId"],)]


def test_each_shopper_lists_their_own_reservations(shop: Shop, another_shopper: Shop, base_url: str) -> None:
    shop.reserve(IPHONE)
    another_shopper.reserve(AIRPODS)
    bearer = {"Authorization": f"Bearer {shop.shopper['token']}"}
    listed = httpx.get(f"{base_url}/api/reservations", headers=bearer, timeout=20).json()
    assert [each["productName"] for each in listed] == [IPHONE]
    another_shopper.go_to("History")
    expect(another_shopper.history).to_have_text([re.compile(re.escape(AIRPODS))])


def test_a_limited_shopper_sees_the_waiting_time_and_the_request_is_sent_after_it(page: Page) -> None:
    turned_away: list[Route] = []
    headers = {"Retry-After": "2", "Content-Type": "application/problem+json"}
    problem = {"type": "urn:flash-sale:problem:too-many-requests", "title": "", "status": 429, "detail": ""}

    def turn_away_once(route: Route) -> None:
        turned_away.append(route)
        if len(turned_away) == 1:
            route.fulfill(status=429, json=problem, headers=headers)
        else:
            route.continue_()

    page.route(TOKENS, turn_away_once)
    shop = Shop(page).open()
    banner = page.get_by_role("complementary", name="Admission")
    expect(banner).to_contain_text(re.compile(r"The shop admits you in 0:0\d"))
    shop.reserve(IPHONE)
    expect(banner).to_have_count(0)
    assert len(turned_away) == 2


def _keep_in_all_tabs(page: Page, shopper: object) -> None:
    """Replace the saved shopper, as another tab would."""
    other = page.context.new_page()
    other.route("**/*.js", lambda route: route.abort())
    other.goto(page.url)
    other.evaluate("kept => localStorage.setItem('ember.shopper', JSON.stringify(kept))", shopper)
    other.close()
