"""Accessibility of each view in each state, checked by axe: wide, phone, zoomed, dark, light and forced colours."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser import desk_stub
from tests.browser.scenes import SCENES, ZOOMED, open_scene, wait_for_animations

# As high as the content: axe reports targets under a sticky bar as too small.
WIDE: ViewportSize = {"width": 1440, "height": 2000}
PHONE: ViewportSize = {"width": 390, "height": 4000}
ALL = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
CONTRAST = "{runOnly: {type: 'rule', values: ['color-contrast']}}"
"""The only rule whose result depends on the theme and not on the markup."""
Run = tuple[ViewportSize, Literal["dark", "light"], str]
RUNS: list[Run] = [(WIDE, "dark", ALL), (PHONE, "light", ALL)]
"""Each size and each theme once: the themes have the same markup, and the sizes have the same colours."""
OTHER_THEMES: list[Run] = [(WIDE, "light", CONTRAST), (PHONE, "dark", CONTRAST)]
"""For the contrast of what stands in one of the sizes only."""
IN_EVERY_THEME = {"shop-every-stock", "shop-holding", "holds-pay", "history-timeline", "desk"}
ZOOMED_RUNS: list[Run] = [(ZOOMED, "dark", ALL), (ZOOMED, "light", CONTRAST)]
"""As low as it is, because that is what a window at 400 % zoom changes."""


FEW_SAMPLES = 6
"""In the charts of the desk: how long their lines are makes no difference here."""


@pytest.fixture(autouse=True)
def _few_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_stub, "SAMPLES", FEW_SAMPLES)


@pytest.fixture
def axe(frontend: Path) -> str:
    """The source of axe."""
    return (frontend / "node_modules" / "axe-core" / "axe.min.js").read_text()


def runs_of(name: str) -> list[Run]:
    """Return how axe looks at a scene."""
    if SCENES[name].zoomed:
        return ZOOMED_RUNS
    return [*RUNS, *OTHER_THEMES] if name in IN_EVERY_THEME else RUNS


@pytest.mark.parametrize("name", SCENES)
def test_axe_finds_no_violation(page: Page, axe: str, name: str) -> None:
    open_scene(page, name)
    page.evaluate(axe)
    violations = []
    for size, theme, rules in runs_of(name):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        page.evaluate("scrollTo(0, 0)")  # nothing lies under the bar at the top
        wait_for_animations(page)
        for violation in page.evaluate(f"axe.run(document, {rules}).then(result => result.violations)"):
            nodes = [node["html"][:160] for node in violation["nodes"]]
            violations.append((size["width"], theme, violation["id"], nodes))
    assert violations == []
