"""The page of a product, pictures and search, in a shop with a stub API."""

import re

from playwright.sync_api import Page, Route, expect

from chalicelib.catalog.sample_data import PRODUCTS
from tests.browser.samples import product
from tests.browser.shop import IPHONE, wait_until_ready
from tests.browser.stub_api import StubApi
from tests.browser.stub_states import PHOTO
from tests.browser.system import IMAGES


def test_a_product_opens_from_its_card_can_be_reserved_there_and_is_left_by_the_back_button(page: Page) -> None:
    stub_api = StubApi(page)
    stub_api.accept()
    stub_api.open()
    page.get_by_role("link", name=IPHONE).click()
    expect(page.get_by_role("heading", level=1, name=IPHONE)).to_be_visible()
    expect(page).to_have_title(f"{IPHONE} · Ember")
    expect(page).to_have_url(re.compile(rf"\?product={PRODUCTS[0].id}$"))
    expect(page.get_by_role("main")).to_be_focused()
    page.get_by_role("button", name=f"Reserve {IPHONE}").click()
    expect(page.get_by_role("region", name="Your holds")).to_contain_text(IPHONE)
    page.go_back()
    expect(page.get_by_role("link", name=IPHONE)).to_be_focused()
    expect(page).to_have_title("Ember · flash sale")
    page.go_forward()
    expect(page.get_by_role("img", name=IPHONE)).to_be_visible()


def test_the_whole_picture_of_a_card_opens_the_product(page: Page) -> None:
    StubApi(page).open()
    card = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=IPHONE))
    card.locator("img").click(force=True)
    expect(page.get_by_role("heading", level=1, name=IPHONE)).to_be_visible()


def test_an_image_of_a_listed_origin_is_shown_and_one_of_another_is_replaced(page: Page) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(path=PHOTO)

    page.route(re.compile(r"^https://(images|other)\.test/"), answer)
    stub_api = StubApi(page)
    stub_api.products = [
        product(0, imageUrl=f"{IMAGES}/phone.jpg"),
        product(1, imageUrl="https://other.test/phone.jpg", illustration=None),
    ]
    stub_api.open()
    pictures = page.get_by_role("region", name="On sale").locator("img")
    expect(pictures.nth(0)).to_have_attribute("src", f"{IMAGES}/phone.jpg")
    expect(pictures.nth(1)).to_have_attribute("src", re.compile("parcel"))
    assert asked == [f"{IMAGES}/phone.jpg"]
    expect(pictures.nth(0)).to_have_js_property("complete", value=True)
    assert pictures.nth(0).evaluate("image => image.naturalWidth > 0")


def test_a_search_narrows_a_large_shop_and_survives_a_reload(page: Page) -> None:
    stub_api = StubApi(page)
    stub_api.sell_many()
    stub_api.open()
    cards = page.get_by_role("region", name="On sale").get_by_role("heading", level=3)
    expect(cards).to_have_count(24)
    page.get_by_role("searchbox", name="Search products").fill("NOISE charges")
    expect(cards).to_have_count(4)
    expect(page.get_by_role("status").filter(has_text="4 products found")).to_have_count(1)
    page.reload()
    wait_until_ready(page)
    expect(cards).to_have_count(4)
    page.get_by_role("searchbox").fill("saxophone")
    page.get_by_role("link", name="Clear search").click()
    expect(cards).to_have_count(24)
