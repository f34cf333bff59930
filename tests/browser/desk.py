"""The desk's page as tests use it."""

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect


class Desk:
    """One open page of the desk."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, token: str, address: str = "/desk") -> Self:
        """Open the desk and sign in."""
        self.page.goto(address)
        self.present(token)
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()
        return self

    def present(self, token: str) -> None:
        """Send the form with a token."""
        self.page.get_by_label("Admin token").fill(token)
        self.page.get_by_role("button", name="Sign in").click()

    @property
    def kept_token(self) -> str | None:
        """The token that this tab keeps."""
        kept: str | None = self.page.evaluate("sessionStorage.getItem('ember.desk.token')")
        return kept

    def product(self, name: str) -> Locator:
        """The panel of a product."""
        return self.page.get_by_role("region", name="Products").get_by_role("listitem", name=name, exact=True)

    def figure(self, product: str, name: str) -> Locator:
        """One figure of a product, such as `Held`."""
        pair = self.product(product).locator("dl > div").filter(has=self.page.get_by_text(name, exact=True))
        return pair.get_by_role("definition")

    def press(self, name: str) -> Locator:
        """Press a button of the page that opens a dialog; return the dialog."""
        self.page.get_by_role("main").get_by_role("button", name=name).click()
        return self.page.get_by_role("dialog")

    def confirm(self, dialog: Locator, name: str) -> None:
        """Press a button of a dialog and wait until the dialog has closed."""
        dialog.get_by_role("button", name=name).click()
        expect(dialog).to_have_count(0)

    def go_to(self, view: str) -> None:
        """Open a view by its link."""
        self.page.get_by_role("navigation").get_by_role("link", name=re.compile(view)).click()

    def find(self, identifier: str) -> Locator:
        """Search holds by an id; return the list of what was found."""
        self.page.get_by_label("Reservation or shopper id").fill(identifier)
        self.page.get_by_role("button", name="Find").click()
        return self.page.get_by_role("list", name="Reservations").get_by_role("listitem")
