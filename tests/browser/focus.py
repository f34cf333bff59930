"""The way of the focus through a page."""

import pytest
from playwright.sync_api import Locator, Page

MOST_TABS = 60


def tab_to(page: Page, target: Locator, most: int = MOST_TABS) -> None:
    """Press Tab until the target has the focus; each stop on the way must be visible and have a visible focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            style = "element => { const s = getComputedStyle(element); return [s.outlineStyle, s.outlineWidth]; }"
            assert target.evaluate(style) == ["solid", "3px"]
            return
    pytest.fail("Tab never reached it")
