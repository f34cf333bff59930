"""The layout of the shop's views on a phone, at 400 % zoom, mirrored, and with the text that a shopper may set."""

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.scenes import RIGHT_TO_LEFT, ZOOMED, wait_for_animations
from tests.browser.shop import IPHONE, Shop
from tests.browser.stub_api import StubApi

PHONE: ViewportSize = {"width": 390, "height": 844}
SMALLEST_TARGET = 44
VIEWS = ["/", "/?view=holds", "/?view=history"]


@pytest.mark.parametrize("mirrored", [False, True], ids=["left to right", "right to left"])
@pytest.mark.parametrize("size", [PHONE, ZOOMED], ids=["phone", "at 400 %"])
def test_no_view_scrolls_sideways(page: Page, size: ViewportSize, mirrored: bool) -> None:
    if mirrored:
        page.add_init_script(RIGHT_TO_LEFT)
    page.set_viewport_size(size)
    stub_api = StubApi(page)
    stub_api.sell_long_words()
    long_word = stub_api.products[0]["name"]
    [held] = stub_api.reservations
    stub_api.reservations = []
    stub_api.reserve = lambda: (201, held)
    stub_api.open()
    button = Shop(page).button(long_word)
    button.click()
    expect(page.get_by_role("region", name="Notifications")).to_contain_text("held for you")
    wide = [measured(page)]
    button.press("Enter")  # the notification covers it at 400 %
    expect(page.get_by_role("dialog")).to_be_visible()
    wide.append(measured(page))
    stub_api.reservations = [held]
    for address in VIEWS:
        stub_api.open(address)
        expect(page.get_by_role("main")).to_contain_text(long_word)
        wide.append(measured(page))
    assert wide == [[]] * (len(VIEWS) + 2)


def measured(page: Page) -> list[str]:
    """Return the visible texts that leave the window at its left or right. Smaller than 1 px is for screen readers."""
    return page.locator("body *:not(:has(*)):visible").evaluate_all(  # type: ignore[no-any-return]
        """elements => {
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
            .filter(each => seen(each)[0] < 0 || seen(each)[1] > innerWidth)
            .map(each => each.outerHTML.slice(0, 200));
        }"""
    )


def test_a_page_from_right_to_left_is_mirrored(page: Page) -> None:
    page.add_init_script(RIGHT_TO_LEFT)
    stub_api = StubApi(page)
    stub_api.accept()
    stub_api.open()
    shop = Shop(page)
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
def holding(page: Page) -> StubApi:
    """A stub API of a shopper with two holds."""
    stub_api = StubApi(page)
    stub_api.hold()
    return stub_api


@pytest.mark.parametrize("address", VIEWS)
def test_spaced_text_is_not_cut_off(page: Page, holding: StubApi, address: str) -> None:
    holding.open(address)
    expect(page.get_by_role("main")).to_contain_text(IPHONE)
    page.evaluate(ADOPT, SPACED)
    wait_for_animations(page)
    assert lost_texts(page) == []


@pytest.mark.parametrize("address", VIEWS)
def test_text_twice_as_large_is_not_cut_off(page: Page, holding: StubApi, address: str) -> None:
    page.context.new_cdp_session(page).send("Page.setFontSizes", TWICE_AS_LARGE)  # WCAG 1.4.4
    holding.open(address)
    expect(page.get_by_role("main")).to_contain_text(IPHONE)
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "32px"
    wait_for_animations(page)
    assert lost_texts(page) == []


def lost_texts(page: Page) -> list[str]:
    """Return the visible texts that leave the window or their element."""
    return measured(page) + page.locator("body *:visible").evaluate_all(CUT_OFF)


CUT_OFF = """elements => elements
  .filter(each => !each.closest('.sr-only, .truncate') && each.innerText) // what is shortened stands in full elsewhere
  .filter(each => ['hidden', 'clip'].includes(getComputedStyle(each).overflowX))
  .filter(each => each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
  .map(each => each.outerHTML.slice(0, 200))"""
"""The elements that hide a part of their text."""


def test_nothing_is_sticky_at_400_percent_zoom(page: Page) -> None:
    page.set_viewport_size(ZOOMED)
    stub_api = StubApi(page)
    stub_api.accept()
    stub_api.open()
    Shop(page).button(IPHONE).click()
    expect(page.get_by_text("You hold 1")).to_be_visible()
    visible = "[...document.querySelectorAll('body *')].filter(element => element.checkVisibility())"
    sticking = f"{visible}.filter(element => getComputedStyle(element).position === 'sticky').length"
    assert page.evaluate(sticking) == 0


def test_targets_are_large_enough_for_a_thumb(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, is_mobile=True, has_touch=True)
    stub_api = StubApi(context.new_page())
    stub_api.hold()
    small = []
    for address in VIEWS:
        stub_api.open(address)
        small += [(address, *target) for target in small_targets(stub_api.page)]
    context.close()
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


def test_bars_are_opaque_for_whoever_wants_less_transparency(page: Page, holding: StubApi) -> None:
    holding.open("/")
    expect(page.get_by_text("You hold 1")).to_be_visible()  # the products and the hold have brought their bars
    session = page.context.new_cdp_session(page)
    looks = {}
    for wish in ("no-preference", "reduce"):
        feature = {"name": "prefers-reduced-transparency", "value": wish}
        session.send("Emulation.setEmulatedMedia", {"features": [feature]})
        looks[wish] = page.evaluate(BARS)
    assert set(looks["no-preference"]) == {"blurred and translucent"}
    assert looks["reduce"] == ["opaque"] * len(looks["no-preference"])


BARS = """[...document.querySelectorAll('.bg-veil[class*=backdrop-blur]')].map((bar) => {
  const {backdropFilter, backgroundColor} = getComputedStyle(bar);
  const is = [backdropFilter !== 'none' && 'blurred', backgroundColor.startsWith('rgba') ? 'translucent' : 'opaque'];
  return is.filter(Boolean).join(' and ');
})"""
"""How the bars look that stay where they are while the page scrolls."""
