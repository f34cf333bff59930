"""What a shopper does in the scenes of the waiting list."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

JOIN, TELL, LEAVE = "Join the waiting list iPhone", "Tell me iPhone", "Leave the waiting list of iPhone"


def joins(then: str) -> Callable[[Page], None]:
    """Join the line of the iPhone and see the answer."""

    def act(page: Page) -> None:
        page.get_by_role("button", name=JOIN).click()
        expect(page.get_by_role("main")).to_contain_text(then)

    return act


def asks_to_be_told(page: Page) -> None:
    """Join the line and turn the alerts on."""
    joins("5th")(page)
    page.get_by_role("button", name=TELL).click()
    expect(page.get_by_role("main")).to_contain_text("At your turn you")


def leaves(page: Page) -> None:
    """Leave the line."""
    page.get_by_role("button", name=LEAVE).click()
    expect(page.get_by_role("region", name="Notifications")).to_contain_text("You have left the waiting list")
    expect(page.get_by_role("button", name=JOIN)).to_be_visible()
