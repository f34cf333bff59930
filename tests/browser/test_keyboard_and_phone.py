"""Usable without a mouse, with a thumb, and at four times the size."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.shop import AIRPODS, IPHONE, Shop

PHONE = {"width": 390, "height": 844}
FOUR_TIMES_THE_SIZE = {"width": 320, "height": 256}
SMALLEST_TARGET = 44
MOST_TABS = 60


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; each stop on the way must be visible and have a visible focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            style = "element => { const s = getComputedStyle(element); return [s.outlineStyle, s.outlineWidth]; }"
            assert target.evaluate(style) == ["solid", "3px"]
            return
    pytest.fail("Tab never reached it")


def test_reserve_pay_and_read_with_the_keyboard_alone(shop: Shop) -> None:
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
    tab_to(page, shop.hold(AIRPODS).get_by_role("button", name="Pay"))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name="Test card 4242")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(shop.hold(AIRPODS).get_by_role("button", name="Pay")).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, dialog.get_by_role("button", name="Pay"))
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
    strip = page.get_by_role("link", name=re.compile(f"{IPHONE}.*Pay", re.DOTALL))
    expect(strip).to_be_in_viewport()
    strip.tap()
    expect(page.get_by_role("heading", name="Your holds", level=1)).to_be_visible()
    phone.pay(IPHONE)
    expect(phone.holds).to_contain_text("No holds")


@pytest.mark.parametrize("address", ["/", "/?view=holds", "/?view=history"])
@pytest.mark.parametrize("size", [PHONE, FOUR_TIMES_THE_SIZE], ids=["phone", "at 400 %"])
def test_nothing_sticks_out_sideways(page: Page, address: str, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    shop = Shop(page).open()
    shop.button(IPHONE).click()
    expect(page.get_by_text("You hold 1")).to_be_visible()
    shop.open(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_at_four_times_the_size_nothing_sticks_to_the_window(page: Page) -> None:
    page.set_viewport_size(FOUR_TIMES_THE_SIZE)  # type: ignore[arg-type]
    shop = Shop(page).open()
    shop.button(IPHONE).click()
    expect(page.get_by_text("You hold 1")).to_be_visible()
    visible = "[...document.querySelectorAll('body *')].filter(element => element.checkVisibility())"
    sticking = f"{visible}.filter(element => getComputedStyle(element).position === 'sticky').length"
    assert page.evaluate(sticking) == 0


@pytest.mark.parametrize("address", ["/", "/?view=holds", "/?view=history"])
def test_targets_are_large_enough_for_a_thumb(phone: Shop, address: str) -> None:
    phone.page.get_by_role("button", name=f"Reserve {IPHONE}").tap()
    expect(phone.page.get_by_text("You hold 1")).to_be_visible()
    phone.open(address)
    targets = phone.page.locator("a:visible, button:visible, select:visible, label:visible").filter(
        has_not_text="Skip to content"
    )
    expect(targets.first).to_be_visible()
    small = [
        (target.inner_text(), box["width"], box["height"])
        for target in targets.all()
        if (box := target.bounding_box()) and min(box["width"], box["height"]) < SMALLEST_TARGET
    ]
    assert small == []
