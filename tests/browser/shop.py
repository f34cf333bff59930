"""The shop's pages as tests use them."""

import json
import re
from typing import Self, TypedDict

from playwright.sync_api import Locator, Page, expect

from tests.waiting import eventually

IPHONE = "iPhone 15 Pro Max"
GALAXY = "Samsung Galaxy S24 Ultra"
MACBOOK = "MacBook Air M3"
AIRPODS = "AirPods Pro (2nd Gen)"


def wait_until_ready(page: Page) -> None:
    """Wait until React has replaced the built page, which is inert."""
    expect(page.get_by_role("main")).to_be_visible()
    expect(page.locator("[inert]")).to_have_count(0)


class Shopper(TypedDict):
    """The shopper of a browser."""

    shopperId: str
    token: str


class Shop:
    """One open page of the shop."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str = "/") -> Self:
        """Open a view and wait until it reacts to input."""
        self.page.goto(address)
        wait_until_ready(self.page)
        return self

    @property
    def shopper(self) -> Shopper:
        """The shopper of this browser, once its token has been fetched."""
        kept = eventually(lambda: self.page.evaluate("localStorage.getItem('ember.shopper')"), within=30)
        shopper: Shopper = json.loads(kept)
        return shopper

    def forget_and_reload(self) -> None:
        """Forget the saved reservations and load the page again, so that it shows what the server lists."""
        self.page.evaluate("localStorage.removeItem('ember.reservations')")
        self.page.reload()

    def card(self, product: str) -> Locator:
        """A product on sale."""
        on_sale = self.page.get_by_role("region", name="On sale").get_by_role("listitem")
        return on_sale.filter(has=self.page.get_by_role("heading", name=product, exact=True))

    def left(self, product: str) -> Locator:
        """How many units of a product are left."""
        return self.card(product).get_by_text(re.compile(r"\d+ of \d+ left"))

    def button(self, product: str) -> Locator:
        """The main button of a product: it reserves, or pays for the hold."""
        return self.card(product).get_by_role("button", name=product).first

    def press_reserve(self, product: str) -> None:
        """Press Reserve."""
        self.page.get_by_role("button", name=re.compile(f"^Reserve( again)? {re.escape(product)}$")).click()

    def reserve(self, product: str) -> None:
        """Press Reserve and wait for the hold."""
        self.press_reserve(product)
        expect(self.hold(product)).to_be_visible()

    @property
    def holds(self) -> Locator:
        """The shopper's holds, wherever they are shown."""
        return self.page.get_by_role("region", name="Your holds")

    def hold(self, product: str) -> Locator:
        """A running hold."""
        return self.holds.get_by_role("listitem").filter(has_text=product).filter(has=self.page.get_by_role("timer"))

    def lapsed(self, product: str) -> Locator:
        """The card of a hold that has expired."""
        return self.holds.get_by_role("listitem").filter(has_text=product).filter(has_text="Expired")

    def seconds_left(self, product: str) -> int:
        """The seconds that the countdown of a hold shows."""
        minutes, seconds = self.hold(product).get_by_test_id("countdown").inner_text().split(":")
        return 60 * int(minutes) + int(seconds)

    def press_pay(self, product: str) -> Locator:
        """Pay for a hold with the accepted card and return the dialog."""
        self.hold(product).get_by_role("button", name="Pay").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Pay").click()
        return dialog

    def pay(self, product: str) -> None:
        """Pay for a hold and wait until the payment is complete."""
        dialog = self.press_pay(product)
        expect(dialog.get_by_role("heading", name="Payment complete")).to_be_visible()
        dialog.get_by_role("button", name="Keep shopping").click()

    def cancel_hold(self, product: str) -> None:
        """Cancel a hold and confirm it."""
        self.hold(product).get_by_role("button", name="Cancel hold").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Cancel hold").click()
        expect(self.hold(product)).to_have_count(0)

    def go_to(self, view: str) -> None:
        """Open a view by its link."""
        self.page.get_by_role("navigation").get_by_role("link", name=view).click()

    @property
    def history(self) -> Locator:
        """The reservations in the history."""
        return self.page.get_by_role("list", name="Reservations").locator("> li")
