"""The shop with a keyboard, on a phone, and at 400 % zoom."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from psycopg import Connection

from tests.browser.focus import tab_to
from tests.browser.scenes import RIGHT_TO_LEFT, ZOOMED, wait_for_animations
from tests.browser.shop import AIRPODS, IPHONE, Shop

PHONE = {"width": 390, "height": 844}
SMALLEST_TARGET = 44
TABS_FROM_RESERVE_TO_PAY = 3
LONG_WORD = "Wi" * 50
VIEWS = ["/", "/?view=holds", "/?view=history"]


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


@pytest.mark.parametrize("mirrored", [False, True], ids=["left to right", "right to left"])
@pytest.mark.parametrize("size", [PHONE, ZOOMED], ids=["phone", "at 400 %"])
def test_no_view_scrolls_sideways(page: Page, rows: Connection, size: dict[str, int], mirrored: bool) -> None:
    if mirrored:
        page.add_init_script(RIGHT_TO_LEFT)
    page.set_viewport_size(size)  # type: ignore[arg-type]
    rows.execute("UPDATE products SET name = %s WHERE name = %s", [LONG_WORD, IPHONE])
    shop = Shop(page).open()
    shop.button(LONG_WORD).click()
    expect(page.get_by_role("region", name="Notifications")).to_contain_text("held for you")
    wide = [measured(page, size)]
    shop.button(LONG_WORD).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    wide.append(measured(page, size))
    for address in VIEWS:
        shop.open(address)
        expect(page.get_by_role("main")).to_contain_text(LONG_WORD)
        wide.append(measured(page, size))
    assert wide == [[]] * (len(VIEWS) + 2)


def measured(page: Page, size: dict[str, int]) -> list[str]:
    """Return the visible texts that leave the window at its left or right. Smaller than 1 px is for screen readers."""
    return page.locator("body *:not(:has(*)):visible").evaluate_all(  # type: ignore[no-any-return]
        """(elements, width) => {
          const seen = (each) => {
            let {left, right} = each.getBoundingClientRect();
            for (let outer = each.parentElement; outer !== document.body; outer = outer.parentElement) {
              if (getComputedStyle(outer).overflowX === 'visible') continue; // else it cuts off what leaves it
              const box = outer.getBoundingClientRect();
              [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
            }
            return [left, right];
          };
          return elements
            .filter(each => !each.closest('.sr-only'))
            .filter(each => each.getBoundingClientRect().width > 1 && each.getBoundingClientRect().height > 1)
            .filter(each => seen(each)[0] < 0 || seen(each)[1] > width)
            .map(each => each.outerHTML.slice(0, 200));
        }""",
        size["width"],
    )


def test_a_page_from_right_to_left_is_mirrored(page: Page) -> None:
    page.add_init_script(RIGHT_TO_LEFT)
    shop = Shop(page).open()
    expect(shop.left(IPHONE)).to_be_visible()
    middle = page.viewport_size["width"] / 2  # type: ignore[index]
    assert left_edge(page.get_by_role("link", name="Ember")) > middle
    assert left_edge(shop.left(IPHONE)) < left_edge(shop.card(IPHONE).get_by_text("$1,199"))
    shop.reserve(IPHONE)
    notification = page.get_by_role("region", name="Notifications").get_by_role("listitem")
    expect(notification).to_be_visible()
    wait_for_animations(page)
    assert left_edge(notification) < middle


def left_edge(element: Locator) -> float:
    """Return the distance of an element from the left side of the window."""
    box = element.bounding_box()
    assert box is not None
    return box["x"]


# What a shopper may set for a text (WCAG 1.4.12).
SPACED = """
* { line-height: 1.5em !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
ADOPT = "style => { const s = new CSSStyleSheet(); s.replaceSync(style); document.adoptedStyleSheets = [s]; }"
TWICE_AS_LARGE = {"fontSizes": {"standard": 32, "fixed": 26}}


@pytest.fixture
def holding(shop: Shop) -> Shop:
    """The shop with a hold."""
    shop.reserve(IPHONE)
    return shop


@pytest.mark.parametrize("address", VIEWS)
def test_spaced_text_is_not_cut_off(holding: Shop, address: str) -> None:
    page = holding.open(address).page
    expect(page.get_by_role("main")).to_contain_text(IPHONE)
    page.evaluate(ADOPT, SPACED)
    wait_for_animations(page)
    assert lost_texts(page) == []


@pytest.mark.parametrize("address", VIEWS)
def test_text_twice_as_large_is_not_cut_off(holding: Shop, address: str) -> None:
    page = holding.page
    page.context.new_cdp_session(page).send("Page.setFontSizes", TWICE_AS_LARGE)  # WCAG 1.4.4
    holding.open(address)
    expect(page.get_by_role("main")).to_contain_text(IPHONE)
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "32px"
    wait_for_animations(page)
    assert lost_texts(page) == []


def lost_texts(page: Page) -> list[str]:
    """Return the visible texts that leave the window or their element."""
    return measured(page, {"width": page.evaluate("innerWidth")}) + page.locator("body *:visible").evaluate_all(CUT_OFF)


CUT_OFF = """elements => elements
  .filter(each => !each.closest('.sr-only, .truncate') && each.innerText) // what is shortened stands in full elsewhere
  .filter(each => ['hidden', 'clip'].includes(getComputedStyle(each).overflowX))
  .filter(each => each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
  .map(each => each.outerHTML.slice(0, 200))"""
"""The elements that hide a part of their text."""


def test_nothing_is_sticky_at_400_percent_zoom(page: Page) -> None:
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    shop = Shop(page).open()
    shop.button(IPHONE).click()
    expect(page.get_by_text("You hold 1")).to_be_visible()
    visible = "[...document.querySelectorAll('body *')].filter(element => element.checkVisibility())"
    sticking = f"{visible}.filter(element => getComputedStyle(element).position === 'sticky').length"
    assert page.evaluate(sticking) == 0


def test_targets_are_large_enough_for_a_thumb(phone: Shop) -> None:
    phone.page.get_by_role("button", name=f"Reserve {IPHONE}").tap()
    expect(phone.page.get_by_text("You hold 1")).to_be_visible()
    small = [(address, *target) for address in VIEWS for target in small_targets(phone.open(address).page)]
    assert small == []


def small_targets(page: Page) -> list[tuple[str, float, float]]:
    """Return the text and the size of the links and controls smaller than a thumb, once the view has loaded."""
    expect(page.get_by_role("main")).to_contain_text(IPHONE)
    targets = page.locator("a:visible, button:visible, select:visible, label:visible").filter(
        has_not_text="Skip to content"
    )
    measure = """targets => targets.map(each => {
      const over = getComputedStyle(each, '::after'); // the link of a card covers the picture too
      const sizes = over.position === 'absolute' ? [parseFloat(over.width), parseFloat(over.height)] : [0, 0];
      return [each.innerText, Math.max(each.offsetWidth, sizes[0]), Math.max(each.offsetHeight, sizes[1])];
    })"""
    return [each for each in targets.evaluate_all(measure) if min(each[1], each[2]) < SMALLEST_TARGET]
