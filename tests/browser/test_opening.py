"""Before a sale opens: it leads the page, and nobody has to watch the clock."""

from pathlib import Path

from playwright.sync_api import Page, expect
from psycopg import Connection

from tests.browser.shop import AIRPODS, GALAXY, Shop
from tests.browser.stock import sale_starts_in

AN_HOUR = 3600


def test_the_next_sale_leads_the_page_until_it_opens(shop: Shop, rows: Connection) -> None:
    sale_starts_in(rows, GALAXY, seconds=4)
    drop = shop.page.get_by_role("region", name="Next drop")
    expect(drop.get_by_role("heading", level=1)).to_have_text(GALAXY)
    expect(drop.get_by_role("timer").first).to_contain_text("0:0")
    expect(drop).to_have_count(0)
    expect(shop.page.get_by_role("heading", level=1)).to_contain_text("Reserve now")
    opened = shop.page.get_by_role("status").filter(has_text=f"{GALAXY}: the sale is open.")
    expect(opened).to_have_count(1)
    shop.reserve(GALAXY)


def test_the_opening_can_be_added_to_a_calendar(page: Page, rows: Connection) -> None:
    sale_starts_in(rows, GALAXY, seconds=AN_HOUR)
    Shop(page).open()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Add to calendar").click()
    assert saving.value.suggested_filename == "drop.ics"
    assert f"SUMMARY:{GALAXY} at Ember" in Path(saving.value.path()).read_text()


def test_the_address_can_be_shared(page: Page, rows: Connection, base_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base_url)
    sale_starts_in(rows, GALAXY, seconds=AN_HOUR)
    Shop(page).open()
    page.evaluate("delete Navigator.prototype.share")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("region", name="Notifications")).to_contain_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{base_url}/"


def test_the_next_sale_leaves_the_first_products_above_the_fold(page: Page, rows: Connection) -> None:
    sale_starts_in(rows, GALAXY, seconds=AN_HOUR)
    shop = Shop(page).open()
    expect(page.get_by_role("region", name="Next drop")).to_be_visible()
    assert page.viewport_size == {"width": 1280, "height": 720}
    expect(shop.button(AIRPODS)).to_be_in_viewport(ratio=1)
    expect(shop.left(AIRPODS)).to_be_in_viewport(ratio=1)
