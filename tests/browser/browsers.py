"""The browser that is used, and how it is started."""

import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from infra import environment
from infra.local import chromium
from infra.paths import FRONTEND

CHROMIUM = str(chromium.ensure(environment.variables(), lambda line: sys.stderr.write(f"{line}\n")))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_BLUR = "--blink-settings=prefersReducedTransparency=true"
"""Without a graphics card, a tenth of the browser's time goes into the blur below the bars."""
SECONDS_TO_APPEAR = 15


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the machine's Chromium, without requests of its own."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": [*FLAGS, NO_BLUR]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Use a wide, dark screen, no animations (moving elements cannot be clicked), and no service worker."""
    # routes do not see what a service worker answers
    expect.set_options(timeout=SECONDS_TO_APPEAR * 1000)
    return {
        **browser_context_args,
        "viewport": {"width": 1280, "height": 720},
        "color_scheme": "dark",
        "reduced_motion": "reduce",
        "locale": "en-GB",
        "service_workers": "block",
    }


@pytest.fixture
def frontend() -> Path:
    """The folder of the shop's sources."""
    return FRONTEND
