"""No view in no state has anything that axe objects to, wide or on a phone, in either theme."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.scenes import SCENES, come_to_rest, enter

RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
# as high as their content: what lies under a sticking bar, axe takes for too small to press
WIDE: ViewportSize = {"width": 1440, "height": 2000}
PHONE: ViewportSize = {"width": 390, "height": 4000}
THEMES: list[Literal["dark", "light"]] = ["dark", "light"]
SHOWN = [(size, theme) for size in (WIDE, PHONE) for theme in THEMES]


@pytest.fixture
def axe(frontend: Path) -> str:
    """The source of axe."""
    return (frontend / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.mark.parametrize("name", SCENES)
def test_axe_has_nothing_to_say(page: Page, axe: str, name: str) -> None:
    enter(page, name)
    page.evaluate(axe)
    told = []
    for size, theme in SHOWN:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        page.evaluate("scrollTo(0, 0)")  # as above: nothing lies under the bar at the top
        come_to_rest(page)
        for violation in page.evaluate(f"axe.run(document, {RULES}).then(result => result.violations)"):
            told.append((size["width"], theme, violation["id"], [node["html"][:160] for node in violation["nodes"]]))
    assert told == []
