"""Accessibility of each view in each state, checked by axe: wide, phone, zoomed, dark, light and forced colours."""

from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser import desk_stub
from tests.browser.scenes import SCENES, ZOOMED, open_scene, wait_for_animations

# As high as the content: axe reports targets under a sticky bar as too small.
WIDE: ViewportSize = {"width": 1440, "height": 2000}
PHONE: ViewportSize = {"width": 390, "height": 4000}
ALL = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
CONTRAST = "{type: 'rule', values: ['color-contrast']}"
"""The only rule whose result depends on the theme and not on the markup."""


class Look(NamedTuple):
    """How axe looks at a scene."""

    size: ViewportSize
    theme: Literal["dark", "light"]
    rules: str = ALL
    forced_colours: Literal["active", "none"] = "none"
    direction: Literal["ltr", "rtl"] = "ltr"


LOOKS = [Look(WIDE, "dark"), Look(PHONE, "light")]
"""Each size and each theme once: the themes have the same markup, and the sizes have the same colours."""
OTHER_THEMES = [Look(WIDE, "light", CONTRAST), Look(PHONE, "dark", CONTRAST)]
"""For the contrast of what stands in one of the sizes only."""
IN_EVERY_THEME = {"shop-every-stock", "shop-holding", "holds-pay", "history-timeline", "desk"}
ZOOMED_LOOKS = [Look(ZOOMED, "dark"), Look(ZOOMED, "light", CONTRAST)]
"""As low as it is, because that is what a window at 400 % zoom changes."""
OPENED = [name for name, it in SCENES.items() if not (it.forced_colors or it.right_to_left or it.zoomed)]
"""The others are these mirrored, zoomed or with other colours: the page need not be loaded again for that."""


FEW_SAMPLES = 6
"""In the charts of the desk: how long their lines are makes no difference here."""


@pytest.fixture(autouse=True)
def _few_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_stub, "SAMPLES", FEW_SAMPLES)


@pytest.fixture
def axe(frontend: Path) -> str:
    """The source of axe."""
    return (frontend / "node_modules" / "axe-core" / "axe.min.js").read_text()


def looks_at(name: str) -> list[Look]:
    """Return how axe looks at a scene, also mirrored, zoomed and with forced colours if it has such a picture."""
    looks = [*LOOKS, *OTHER_THEMES] if name in IN_EVERY_THEME else [*LOOKS]
    if f"{name}-forced-colours" in SCENES:
        looks += [look._replace(forced_colours="active") for look in LOOKS]
    if f"{name}-right-to-left" in SCENES:
        looks += [look._replace(direction="rtl") for look in LOOKS]
    if f"{name}-zoomed" in SCENES:
        looks += ZOOMED_LOOKS
    return looks


@pytest.mark.parametrize("name", OPENED)
def test_axe_finds_no_violation(page: Page, axe: str, name: str) -> None:
    open_scene(page, name)
    page.evaluate(axe)
    violations = []
    for look in looks_at(name):
        page.set_viewport_size(look.size)
        page.emulate_media(color_scheme=look.theme, forced_colors=look.forced_colours)
        # at the top nothing lies under the bar
        page.evaluate("direction => { document.documentElement.dir = direction; scrollTo(0, 0); }", look.direction)
        wait_for_animations(page)
        options = f"{{runOnly: {look.rules}, resultTypes: ['violations']}}"
        for violation in page.evaluate(f"axe.run(document, {options}).then(result => result.violations)"):
            nodes = [node["html"][:160] for node in violation["nodes"]]
            violations.append((look, violation["id"], nodes))
    assert violations == []
