"""A stub of the API that answers what a scene needs, with the schemas of the real one."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route

from chalicelib.catalog.sample_data import PRODUCTS
from tests.browser.samples import Json, bought, extended, instant, problem, product, reservation, timeline, without

type Answer = tuple[int, Any]

SHOPPER = {"shopperId": "770e8400-e29b-41d4-a716-446655440002", "token": "stub"}
PROBLEM = "application/problem+json"


class StubApi:
    """What the API knows and how it answers."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.products = [product(position) for position in range(len(PRODUCTS))]
        self.reservations: list[Json] = []
        self.answers_left: float = float("inf")
        self.known = True
        self.refusal: Callable[[], Json] = self._sold_out
        self.pay: Callable[[Json], Answer] = lambda hold: (200, bought(hold))
        page.route("**/api/**", self._answer)

    def open(self, address: str) -> None:
        """Open the shop as the shopper of all reservations."""
        if self.known:
            self._keep("ember.shopper", {**SHOPPER, "expiresAt": instant(86_400)})
        self._keep("ember.reservations", self.reservations)
        self.page.goto(address)

    def _keep(self, name: str, value: object) -> None:
        text = json.dumps(json.dumps(value))
        self.page.add_init_script(f"localStorage.setItem('{name}', {text})")

    def be_silent(self) -> None:
        """Never answer."""
        self.page.add_init_script("window.fetch = () => new Promise(() => undefined)")

    def fail(self) -> None:
        """Answer requests for products with errors."""
        self.fail_after(0)

    def fail_after(self, answers: int) -> None:
        """Answer this many requests for products, then with errors."""
        self.answers_left = answers

    def admit_few(self) -> None:
        """Issue no tokens for a while."""
        self.known = False

    def sell_nothing(self) -> None:
        """Have no products."""
        self.products = []

    def sell_in_every_state(self) -> None:
        """Have one product in each state."""
        self.products = [
            product(0, availableStock=0, nextReleaseAt=instant(38)),
            product(1, availableStock=0),
            product(2, availableStock=2),
            product(3, saleStartsAt=instant(754)),
            product(4, saleEndsAt=instant(-3600)),
            product(5, name="Mystery Box", totalStock=200, availableStock=120, maxPerShopper=2),
        ]

    def sell_out(self) -> None:
        """Have all units held or sold."""
        self.products = [product(position, availableStock=0, nextReleaseAt=instant(38)) for position in range(6)]

    def refuse(self) -> None:
        """Give the last iPhone to another shopper."""
        self.products[0] = product(0, availableStock=1, nextReleaseAt=instant(38))

    def limit(self, *, holds: bool) -> None:
        """Have as many iPhones, held or bought, as the limit allows."""
        self.products[0] = product(0, availableStock=8, maxPerShopper=2)
        has = reservation(1, 0, 95, quantity=2)
        self.reservations = [has if holds else bought(has)]
        hold = has["id"] if holds else None
        self.refusal = lambda: problem(409, "limit-exceeded", held=2, limit=2, reservationId=hold)

    def refuse_at_limit(self) -> None:
        """Refuse a request because of a limit that the page does not know yet."""
        has = reservation(1, 1, 95, quantity=2)
        self.reservations = [has]
        self.refusal = lambda: problem(409, "limit-exceeded", held=2, limit=2, reservationId=has["id"])

    def sell_long_words(self) -> None:
        """Have and hold a product whose name has no spaces."""
        long = "Wi" * 50
        self.products[0] = product(0, name=long, price=1_234_567)
        self.reservations = [reservation(1, 0, 95, productName=long)]

    def hold_too_many(self) -> None:
        """Have the highest number of holds."""
        self.reservations = [reservation(number, number, 40 + 15 * number) for number in range(1, 6)]
        self.refusal = lambda: problem(409, "too-many-holds", activeHolds=5, limit=5)

    def cool_down(self) -> None:
        """Answer with a cooldown."""
        until = instant(48)
        self.refusal = lambda: problem(409, "cooling-down", lapses=3, until=until)

    def hold(self) -> None:
        """Have two holds. One of them is about to lapse and can be extended."""
        self.reservations = [reservation(1, 0, 95), reservation(2, 1, 24, quantity=2, extensionsLeft=1)]

    def hold_briefly(self) -> None:
        """Have a hold with three seconds left."""
        self.reservations = [reservation(1, 0, 3)]

    def take_payments_late(self) -> None:
        """Answer payments with a reservation that replaces a lapsed hold."""
        self.hold()
        self.pay = lambda hold: (200, {**bought(hold), "id": f"{hold['id'][:-1]}9", "replaces": hold["id"]})

    def refund(self) -> None:
        """Answer payments with a refund."""
        self.hold()
        self.pay = lambda _: (410, problem(410, "reservation-expired", refundRequired=True, paymentReference="paid"))

    def lose_payments(self) -> None:
        """Answer payments with errors."""
        self.hold()
        self.pay = lambda _: (503, problem(503, "busy"))

    def let_lapse(self) -> None:
        """Have a hold that has just lapsed and one that runs."""
        self.reservations = [reservation(1, 0, 95), reservation(2, 2, -8)]

    def have_history(self) -> None:
        """Have a reservation with each status."""
        self.reservations = [
            reservation(1, 0, 95),
            reservation(2, 5, -600, quantity=2, status="COMPLETED", completedAt=instant(-640)),
            reservation(3, 2, -900, status="CANCELLED", cancelledAt=instant(-960)),
            reservation(4, 1, -1800, createdAt=instant(-2040), status="EXPIRED", expiredAt=instant(-1800)),
            reservation(5, 3, -4000, status="COMPLETED", completedAt=instant(-4050)),
        ]

    def _answer(self, route: Route) -> None:
        path = route.request.url.partition("/api/")[2].partition("?")[0].split("/")
        status, body = self._known(path, route.request.method, route.request.post_data_json)
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
                return 409, self.refusal()
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

    def _sold_out(self) -> Json:
        self.products[0]["availableStock"] = 0
        members = {"availableStock": 0, "nextReleaseAt": self.products[0]["nextReleaseAt"]}
        return problem(409, "insufficient-stock", **members)
