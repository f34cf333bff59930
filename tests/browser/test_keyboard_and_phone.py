"""The shop with a keyboard, and on a phone."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.focus import tab_to
from tests.browser.shop import AIRPODS, IPHONE, Shop

PHONE = {"width": 390, "height": 844}
TABS_FROM_RESERVE_TO_PAY = 3


def test_reserving_and_paying_with_the_keyboard_only(shop: Shop) -> None:
    page = shop.page
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab_to(page, shop.button(AIRPODS))
    page.keyboard.press("Enter")
    expect(shop.hold(AIRPODS)).to_be_visible()
    expect(shop.button(AIRPODS)).to_be_focused()
    expect(shop.button(AIRPODS)).to_have_text(re.compile(r"^Pay \$249 · 1:\d\d"))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name="Test card 4242")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(shop.button(AIRPODS)).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, dialog.get_by_role("button", name="Pay"), most=TABS_FROM_RESERVE_TO_PAY)
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("heading", name="Payment complete")).to_be_focused()
    tab_to(page, dialog.get_by_role("link", name="See history"))
    page.keyboard.press("Enter")
    expect(shop.history).to_have_text([re.compile("AirPods.*Bought", re.DOTALL)])
    expect(page.get_by_role("main")).to_be_focused()


def test_arrow_keys_move_through_filters(shop: Shop) -> None:
    radio = shop.page.get_by_role("radio", name="All")
    tab_to_filter = shop.page.get_by_role("radio", name="In stock")
    radio.focus()
    shop.page.keyboard.press("ArrowRight")
    expect(tab_to_filter).to_be_checked()
    expect(tab_to_filter).to_be_focused()


@pytest.fixture
def phone(browser: Browser, base_url: str):  # noqa: ANN201
    """The shop on a phone."""
    context = browser.new_context(base_url=base_url, viewport=PHONE, is_mobile=True, has_touch=True)
    yield Shop(context.new_page()).open()
    context.close()


def test_a_phone_reserves_and_pays(phone: Shop) -> None:
    page = phone.page
    page.get_by_role("button", name=f"Reserve {IPHONE}").tap()
    strip = page.get_by_role("complementary", name="Next hold to lapse")
    expect(strip).to_be_in_viewport()
    strip.get_by_role("button", name=f"Pay for {IPHONE}").tap()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Pay").tap()
    dialog.get_by_role("button", name="Keep shopping").tap()
    expect(strip).to_have_count(0)
    phone.go_to("Holds")
    expect(phone.holds).to_contain_text("No holds")
