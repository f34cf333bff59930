"""Parts of the page that cannot be loaded, as after a new deployment: the page says so and offers to reload itself."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shop import IPHONE, Shop, wait_until_ready


def test_a_view_that_cannot_be_loaded_can_be_reloaded(shop: Shop) -> None:
    page = shop.page
    page.route("**/assets/HistoryView-*.js", lambda route: route.abort())
    shop.go_to("History")
    expect(page.get_by_role("main")).to_contain_text("This view could not be loaded")
    page.unroute("**/assets/HistoryView-*.js")
    page.get_by_role("complementary", name="Page").get_by_role("button", name="Reload").click()
    expect(page.get_by_role("heading", name="Your history")).to_be_visible()
    expect(page.get_by_role("complementary", name="Page")).to_have_count(0)


def test_a_dialog_that_cannot_be_loaded_leaves_the_page_usable(page: Page) -> None:
    page.route(re.compile("/assets/(OpenHoldDialog|Toasts)-"), lambda route: route.abort())
    shop = Shop(page).open()
    shop.reserve(IPHONE)
    shop.button(IPHONE).click()
    expect(page.get_by_role("complementary", name="Page")).to_contain_text("A part of this page could not be loaded")
    expect(shop.hold(IPHONE)).to_be_visible()


@pytest.mark.parametrize("part", ["react-dom", "page"])
def test_a_page_whose_code_cannot_be_loaded_says_so(page: Page, part: str) -> None:
    page.route(f"**/assets/{part}-*.js", lambda route: route.abort())
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("This page could not be loaded completely.")
    page.unroute(f"**/assets/{part}-*.js")
    page.get_by_role("link", name="Reload").click()
    wait_until_ready(page)
