"""A stub of the admin's API for the scenes of the desk."""

import base64
import json
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route

from tests.browser import desk_samples
from tests.browser.desk_samples import SAMPLES
from tests.browser.samples import Json, instant

HEADERS = {"Content-Type": "application/json"}
LOOKED_AT = "window.dispatchEvent(new Event('visibilitychange'))"
"""The page reads the sale at once when it is looked at again."""


class DeskStub:
    """Answers the requests of one page of the desk, whose operator is signed in."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._sample = 0
        page.add_init_script(f"sessionStorage.setItem('ember.desk.token', '{_token('ada')}')")
        page.route("**/api/admin/**", self._answer)

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        answer = self._answers()[address.path.removeprefix("/api/admin/")]
        body = answer({name: values[0] for name, values in parse_qs(address.query).items()})
        route.fulfill(status=200, json=body, headers={**HEADERS, "X-Server-Time": instant(0)})

    def _answers(self) -> dict[str, Callable[[dict[str, str]], object]]:
        return {
            "sale": lambda _: self._next_sale(),
            "audit": lambda _: desk_samples.audit(),
            "reservations": lambda query: desk_samples.found() if "shopperId" in query else [],
            "refunds": lambda query: desk_samples.refunds(query["status"]),
            "changes": lambda _: desk_samples.changes(),
        }

    def _next_sale(self) -> Json:
        self._sample = min(self._sample + 1, SAMPLES)
        return desk_samples.sale(self._sample)


def _token(name: str) -> str:
    """Return a text in the form of a token, which the page reads and nobody verifies."""
    claims = json.dumps({"sub": name, "exp": int(time.time()) + 3100})
    return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in ("{}", claims, "none"))


def fill_charts(page: Page) -> None:
    """Let the page read the sale as often as its charts have samples."""
    for _ in range(SAMPLES):
        with page.expect_response("**/api/admin/sale"):
            page.evaluate(LOOKED_AT)
