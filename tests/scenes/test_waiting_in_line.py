"""Waiting in line for a sold-out product, with a stub API: the focus, the title, what is told, and what is asked."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.shop import IPHONE, Shop
from tests.browser.stub_api import StubApi
from tests.browser.waiting_scenes import JOIN, TELL

WIDE: ViewportSize = {"width": 1280, "height": 720}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def stub_api(page: Page, request: pytest.FixtureRequest) -> StubApi:
    """A stub API, and a page of this size."""
    page.set_viewport_size(request.param)
    return StubApi(page)


def look_again(page: Page) -> None:
    """Look at another tab and come back: the page asks for what has changed."""
    page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")


def test_the_main_button_keeps_the_focus_from_joining_to_paying(page: Page, stub_api: StubApi) -> None:
    stub_api.sell_out_with_a_line()
    stub_api.open()
    main = Shop(page).button(IPHONE)
    expect(main).to_have_accessible_name(f"Join the waiting list {IPHONE}")
    main.focus()
    page.keyboard.press("Enter")
    expect(main).to_have_accessible_name(f"Tell me {IPHONE}")
    expect(main).to_be_focused()
    stub_api.offer()
    look_again(page)
    expect(main).to_have_accessible_name(f"Pay $1,199 for {IPHONE}")
    expect(main).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Pay with")


def test_an_offer_takes_over_the_card_and_the_title_and_is_announced(page: Page, stub_api: StubApi) -> None:
    stub_api.wait()
    stub_api.open()
    card = Shop(page).card(IPHONE)
    expect(card).to_contain_text("3rd")
    stub_api.offer()
    look_again(page)
    expect(card).to_contain_text("Handed over to you from the waiting list")
    expect(card).to_contain_text("You hold 1")
    expect(page).to_have_title(f"Your turn: {IPHONE} · Ember · flash sale")
    expect(page.locator("p", has_text="Your turn. iPhone")).to_have_count(1)


def test_an_offer_is_told_as_the_shopper_asked(page: Page, stub_api: StubApi) -> None:
    page.add_init_script("""
      window.told = [];
      window.Notification = class {
        static permission = 'default';
        static requestPermission = async () => (this.permission = 'granted');
        constructor(title) { window.told.push(title); }
      };
      navigator.vibrate = () => window.told.push('vibration');
      OscillatorNode.prototype.start = () => window.told.push('note');
      OscillatorNode.prototype.stop = () => undefined;
    """)
    stub_api.sell_out_with_a_line()
    stub_api.open()
    page.get_by_role("button", name=JOIN).click()
    page.get_by_role("button", name=TELL).click()
    expect(page.get_by_role("button", name=TELL)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("main")).to_contain_text("a sound and a notification")
    page.evaluate("window.told = []")  # the sample of the sound
    stub_api.offer()
    look_again(page)
    expect(page.get_by_role("main")).to_contain_text("Handed over to you")
    assert page.evaluate("window.told") == ["note", "note", "vibration", f"Your turn: {IPHONE}"]


def test_leaving_moves_the_focus_to_the_main_button(page: Page, stub_api: StubApi) -> None:
    stub_api.wait()
    stub_api.open()
    leave = page.get_by_role("button", name=f"Leave the waiting list of {IPHONE}")
    leave.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=JOIN)).to_be_focused()


def test_a_shopper_who_waits_for_nothing_asks_nothing(page: Page, stub_api: StubApi) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    stub_api.sell_out_with_a_line()
    stub_api.open()
    expect(page.get_by_role("button", name=JOIN)).to_be_visible()
    look_again(page)
    expect(Shop(page).card(IPHONE)).to_contain_text("4 shoppers wait")
    assert [url for url in asked if "waiters" in url] == []
