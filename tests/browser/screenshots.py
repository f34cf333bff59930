"""Take screenshots of each view in each state, wide and phone: `make screenshots`."""

import base64
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.browsers import CHROMIUM, FLAGS
from tests.browser.built_shop import serving
from tests.browser.scenes import SCENES, ZOOMED, open_scene, wait_for_animations

PICTURES = Path(__file__).parents[2] / "docs" / "screenshots"
QUALITY = 82
SIZES: dict[str, ViewportSize] = {
    "wide": {"width": 1440, "height": 900},
    "phone": {"width": 390, "height": 844},
    "zoomed": ZOOMED,
}
THEMES: list[Literal["dark", "light"]] = ["dark", "light"]


def take_all() -> None:
    """Serve the built shop; the scenes bring a stub API."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as directory, serving(Path(directory)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            for name in SCENES:
                for size in sizes_of(name):
                    take(browser, address, name, size)
        finally:
            browser.close()


def sizes_of(name: str) -> list[str]:
    """Return the window sizes of a scene. A zoomed scene has one size."""
    return ["zoomed"] if SCENES[name].zoomed else ["wide", "phone"]


def take(browser: Browser, address: str, name: str, size: str) -> None:
    """Take one scene in both themes."""
    context = browser.new_context(base_url=address, viewport=SIZES[size], reduced_motion="reduce", locale="en-GB")
    page = context.new_page()
    page.emulate_media(color_scheme="dark")
    open_scene(page, name)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        wait_for_animations(page)
        target = PICTURES / f"{name}-{size}-{theme}.webp"
        target.write_bytes(picture(page))
    context.close()


def picture(page: Page) -> bytes:
    """Return the window as WebP, which is a tenth of the size of a PNG with these gradients."""
    session = page.context.new_cdp_session(page)
    shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    session.detach()
    return base64.b64decode(shot["data"])


if __name__ == "__main__":
    take_all()
