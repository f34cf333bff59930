"""The scenes of the waiting list, with a stub API."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.stub_api import StubApi

JOIN = "Join the waiting list"


def _joins(then: str) -> Callable[[Page], object]:
    def act(page: Page) -> None:
        page.get_by_role("button", name=f"{JOIN} iPhone").click()
        expect(page.get_by_role("main")).to_contain_text(then)

    return act


def _looks_again(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
