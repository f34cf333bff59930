"""A stub of the API that answers what a scene needs, with the schemas of the real one."""

import json

from playwright.sync_api import Page, Route

from tests.browser.samples import Json, extended, instant, problem, timeline, without
from tests.browser.shop import wait_until_ready
from tests.browser.stub_states import Answer, States

SHOPPER = {"shopperId": "770e8400-e29b-41d4-a716-446655440002", "token": "stub"}
PROBLEM = "application/problem+json"


class StubApi(States):
    """What the API answers, from its state."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        page.route("**/api/**", self._answer)

    def open(self, address: str = "/") -> None:
        """Open the shop as the shopper of all reservations, and wait until it reacts to input."""
        if self.known:
            self._keep("ember.shopper", {**SHOPPER, "expiresAt": instant(86_400)})
        self._keep("ember.reservations", self.reservations)
        if self.waiters:
            self._keep("ember.waiters", self.known_waiters or self.waiters)
        self.page.goto(address)
        wait_until_ready(self.page)

    def _keep(self, name: str, value: object) -> None:
        text = json.dumps(json.dumps(value))
        self.page.add_init_script(f"localStorage.setItem('{name}', {text})")

    def _answer(self, route: Route) -> None:
        path = route.request.url.partition("/api/")[2].partition("?")[0].split("/")
        asked = (path, route.request.method, route.request.post_data_json)
        status, body = self.line_answer(*asked) or self._known(*asked)
        headers = {"X-Server-Time": instant(0), "Content-Type": PROBLEM if status >= 400 else "application/json"}
        if status == 429:
            headers["Retry-After"] = "38"
        route.fulfill(status=status, json=body, headers=headers)

    def _known(self, path: list[str], method: str, body: Json | None) -> Answer:
        match [method, *path]:
            case ["GET", "products"]:
                self.answers_left -= 1
                return (
                    (200, [without(self.reservations, each) for each in self.products])
                    if self.answers_left >= 0
                    else (503, problem(503, "busy"))
                )
            case ["POST", "shoppers"]:
                return 429, problem(429, "too-many-requests")
            case ["GET", "reservations"]:
                return 200, self.reservations
            case ["GET", "reservations", identifier]:
                found = self._found(identifier)
                return 200, {**found, "timeline": timeline(found)}
            case ["POST", "reservations"]:
                return self.reserve()
            case ["POST", "reservations", identifier, "extend"]:
                return 200, self._become(extended(self._found(identifier)))
            case ["POST", "reservations", identifier, "complete"]:
                return self._paid(self._found(identifier), body or {})
            case _:
                return 404, problem(404, "not-found")

    def _paid(self, hold: Json, body: Json) -> Answer:
        if body["paymentReference"].startswith("declined"):
            return 402, problem(402, "payment-declined")
        return self.pay(hold)

    def _found(self, identifier: str) -> Json:
        return next(each for each in self.reservations if each["id"] == identifier)

    def _become(self, changed: Json) -> Json:
        self.reservations = [changed if each["id"] == changed["id"] else each for each in self.reservations]
        return changed
