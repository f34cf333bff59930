"""What the page is made of: how much, from where, how fast, and what it may do."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, expect

from tests.browser.shop import IPHONE, Shop, be_drawn
from tests.waiting import eventually

JAVASCRIPT_BUDGET = 110_000
FIRST_PAINT_MS = 1000
PRECISELY = re.compile(r"script-src 'self'(;|$)")


def test_javascript_of_the_first_load_stays_in_its_budget(page: Page, frontend: Path) -> None:
    loaded: set[str] = set()
    page.on("request", lambda request: loaded.add(request.url) if request.resource_type == "script" else None)
    expect(Shop(page).open().left(IPHONE)).to_be_visible()
    files = [frontend / "dist" / urlsplit(url).path.lstrip("/") for url in loaded]
    assert files
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) <= JAVASCRIPT_BUDGET


def test_nothing_is_asked_of_any_other_host(page: Page, base_url: str) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    shop = Shop(page).open()
    shop.reserve(IPHONE)
    shop.pay(IPHONE)
    shop.go_to("History")
    expect(shop.history).to_have_count(1)
    assert {url for url in asked if not url.startswith(f"{base_url}/")} == set()


def test_the_policy_forbids_inline_scripts_and_is_never_offended(page: Page) -> None:
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


def test_the_other_headers_are_what_production_sends(page: Page, frontend: Path) -> None:
    answer = page.goto("/")
    assert answer is not None
    expected = json.loads((frontend / "security-headers.json").read_text())
    assert {name: answer.headers.get(name.lower()) for name in expected} == expected


def test_something_is_painted_within_a_second(page: Page, record_property: Callable[[str, object], None]) -> None:
    Shop(page).open()
    paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    first = eventually(lambda: page.evaluate(paint), within=10)
    record_property("first contentful paint, ms", first)
    assert first < FIRST_PAINT_MS


def test_what_is_there_before_the_script_takes_no_key(page: Page) -> None:
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
    be_drawn(page)
    first.focus()
    expect(first).to_be_focused()


def test_nothing_jumps_while_it_loads(page: Page) -> None:
    page.add_init_script("""
      window.jumped = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.jumped += entry.value; }))
        .observe({type: 'layout-shift', buffered: true});""")
    shop = Shop(page).open()
    expect(shop.left(IPHONE)).to_be_visible()
    page.evaluate("document.fonts.ready")
    assert page.evaluate("window.jumped") < 0.02


def test_a_link_shared_has_a_picture_and_the_app_an_icon(page: Page) -> None:
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
