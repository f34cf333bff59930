"""The page itself: size, hosts, headers, first paint and layout."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect
from psycopg import Connection

from tests.browser.scenes import wait_for_animations
from tests.browser.shop import AIRPODS, GALAXY, IPHONE, Shop, wait_until_ready
from tests.browser.stock import sale_starts_in
from tests.browser.system import IMAGES
from tests.waiting import eventually

JAVASCRIPT_BUDGET = 110_000
PRECISELY = re.compile(r"script-src 'self'(;|$)")


def test_javascript_of_the_first_load_stays_in_its_budget(page: Page, frontend: Path) -> None:
    """The first load is what the page needs to react; the animation library comes later, when the page is idle."""
    page.add_init_script("window.requestIdleCallback = () => 0")
    loaded: set[str] = set()
    page.on("request", lambda request: loaded.add(request.url) if request.resource_type == "script" else None)
    expect(Shop(page).open().left(IPHONE)).to_be_visible()
    files = [frontend / "dist" / urlsplit(url).path.lstrip("/") for url in loaded]
    assert files
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) <= JAVASCRIPT_BUDGET


def test_no_request_goes_to_another_host(page: Page, base_url: str) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    shop = Shop(page).open()
    shop.reserve(IPHONE)
    shop.pay(IPHONE)
    shop.go_to("History")
    expect(shop.history).to_have_count(1)
    assert {url for url in asked if not url.startswith(f"{base_url}/")} == set()


def test_the_content_security_policy_forbids_inline_scripts_and_is_kept(page: Page) -> None:
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    answer = page.goto("/")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert PRECISELY.search(policy)
    assert "unsafe" not in policy
    shop = Shop(page)
    shop.reserve(IPHONE)
    shop.pay(IPHONE)
    shop.go_to("History")
    expect(shop.history).to_have_count(1)
    assert complaints == []


@pytest.mark.parametrize("protected", [True, False])
def test_a_script_that_gets_into_the_page_runs_only_without_the_policy(page: Page, protected: bool) -> None:
    def inject(route: Route) -> None:
        answer = route.fetch()
        headers = {
            name: value for name, value in answer.headers.items() if protected or name != "content-security-policy"
        }
        page_with_script = answer.text().replace("</head>", "<script>window.injected = true</script></head>")
        route.fulfill(
            status=200, headers=headers, body=page_with_script + '<img src="x" onerror="window.injected = true">'
        )

    page.route("**/", inject)
    page.goto("/")
    wait_until_ready(page)
    assert page.evaluate("window.injected === true") is not protected


def test_the_security_headers_are_sent(page: Page, frontend: Path) -> None:
    answer = page.goto("/")
    assert answer is not None
    expected = json.loads((frontend / "security-headers.json").read_text())
    policy = expected["Content-Security-Policy"].replace("img-src 'self';", f"img-src 'self' {IMAGES};")
    expected["Content-Security-Policy"] = policy
    assert {name: answer.headers.get(name.lower()) for name in expected} == expected


def test_the_page_is_painted_before_the_api_answers(page: Page, record_property: Callable[[str, object], None]) -> None:
    waiting: list[Route] = []
    page.route("**/api/**", lambda route: waiting.append(route))
    page.goto("/")
    paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    record_property("first contentful paint, ms", eventually(lambda: page.evaluate(paint), within=60))
    expect(page.get_by_role("main")).to_contain_text("Reserve now")
    for route in list(waiting):
        route.abort()


def test_the_built_page_is_inert_until_the_script_runs(page: Page) -> None:
    held: list[Route] = []
    page.route("**/assets/index-*.js", lambda route: held.append(route))
    page.goto("/", wait_until="commit")
    first = page.locator("input[name=show]").first
    expect(first).to_be_visible()
    first.focus()
    expect(first).not_to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body")
    held[0].continue_()
    wait_until_ready(page)
    first.focus()
    expect(first).to_be_focused()


def test_the_layout_does_not_shift_while_loading(page: Page) -> None:
    page.add_init_script("""
      window.jumped = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.jumped += entry.value; }))
        .observe({type: 'layout-shift', buffered: true});""")
    shop = Shop(page).open()
    expect(shop.left(IPHONE)).to_be_visible()
    page.evaluate("document.fonts.ready")
    assert page.evaluate("window.jumped") < 0.02


def test_the_share_picture_and_the_icons_exist(page: Page) -> None:
    page.goto("/")
    for selector, attribute in [
        ("meta[property='og:image']", "content"),
        ("link[rel=icon]", "href"),
        ("link[rel=apple-touch-icon]", "href"),
        ("link[rel=manifest]", "href"),
    ]:
        address = page.locator(selector).get_attribute(attribute)
        assert address
        answer = page.request.get(address)
        assert answer.ok
        assert "html" not in answer.headers["content-type"]


def test_every_sample_product_has_a_picture_of_its_own(shop: Shop) -> None:
    expect(shop.left(IPHONE)).to_be_visible()
    pictures = shop.page.get_by_role("region", name="On sale").locator("img")
    addresses = [picture.get_attribute("src") for picture in pictures.all()]
    assert len(set(addresses)) == len(addresses) == 6
    assert shop.page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")


def test_price_and_button_of_the_first_products_are_above_the_fold(shop: Shop) -> None:
    assert shop.page.viewport_size == {"width": 1280, "height": 720}
    expect(shop.button(AIRPODS)).to_be_in_viewport(ratio=1)
    expect(shop.left(AIRPODS)).to_be_in_viewport(ratio=1)


COLOURS = "element => [getComputedStyle(element).backgroundColor, getComputedStyle(element).borderTopColor]"
TRANSPARENT = "rgba(0, 0, 0, 0)"


def test_forced_colours_keep_buttons_bars_and_dialogs_visible(shop: Shop) -> None:
    shop.page.emulate_media(forced_colors="active")
    [ground, border] = shop.button(IPHONE).evaluate(COLOURS)
    assert border not in (ground, TRANSPARENT)
    page = shop.page.locator("body").evaluate(COLOURS)[0]
    assert shop.card(IPHONE).locator(".bar-lit").first.evaluate(COLOURS)[0] not in (page, TRANSPARENT)
    shop.reserve(IPHONE)
    shop.button(IPHONE).click()
    assert shop.page.get_by_role("dialog").evaluate(COLOURS)[0] != TRANSPARENT


def test_forced_colours_show_which_buttons_cannot_be_pressed(page: Page, rows: Connection) -> None:
    sale_starts_in(rows, GALAXY, seconds=3600)
    shop = Shop(page).open()
    page.emulate_media(forced_colors="active")
    text = "element => getComputedStyle(element).color"
    expect(shop.button(GALAXY)).to_have_attribute("aria-disabled", "true")
    wait_for_animations(page)
    assert shop.button(GALAXY).evaluate(text) != shop.button(IPHONE).evaluate(text)
