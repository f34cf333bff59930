"""A pretended API: it answers what a scene needs, in the shapes of the real one."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, Route

from chalicelib.sample_data import PRODUCTS
from chalicelib.schemas import rfc3339

type Json = dict[str, Any]

LAST_DIGIT = "550e8400-e29b-41d4-a716-44665544000"


def instant(seconds: float) -> str:
    """Write the instant so many seconds from now as the API does."""
    return rfc3339(datetime.now(UTC) + timedelta(seconds=seconds))


def product(position: int, **changes: object) -> Json:
    """Return a sample product, changed where a scene says so."""
    identifier, name, price, units = PRODUCTS[position]
    sample = {"id": identifier, "name": name, "price": int(price), "availableStock": units, "totalStock": units}
    open_sale = {"holdSeconds": 120, "maxPerShopper": None, "saleStartsAt": None, "saleEndsAt": None}
    return {**sample, **open_sale, "nextReleaseAt": None, **changes}


def reservation(number: int, position: int, left: float, **changes: object) -> Json:
    """Return a reservation of a sample product with so many seconds left, changed where a scene says so."""
    identifier, name, price, _ = PRODUCTS[position]
    made = {"id": f"{LAST_DIGIT[:-1]}1{number}", "productId": identifier, "productName": name, "unitPrice": int(price)}
    times = {"createdAt": instant(left - 120), "expiresAt": instant(left)}
    ends = {"completedAt": None, "cancelledAt": None, "expiredAt": None}
    return {**made, **times, **ends, "quantity": 1, "status": "ACTIVE", **changes}


class Pretended:
    """What the server knows, and how it behaves."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.products = [product(position) for position in range(len(PRODUCTS))]
        self.reservations: list[Json] = []
        self.answers_left: float = float("inf")
        page.route("**/api/**", self._answer)

    def open(self, address: str) -> None:
        """Open the shop as a shopper who made all the reservations."""
        saved = json.dumps(json.dumps(self.reservations))
        self.page.add_init_script(f"localStorage.setItem('ember.reservations', {saved})")
        self.page.goto(address)

    def be_silent(self) -> None:
        """Never answer."""
        self.page.add_init_script("window.fetch = () => new Promise(() => undefined)")

    def fail(self) -> None:
        """Answer nothing but errors."""
        self.fail_after(0)

    def fail_after(self, answers: int) -> None:
        """Give so many answers, then errors."""
        self.answers_left = answers

    def sell_nothing(self) -> None:
        """Have no products."""
        self.products = []

    def sell_in_every_state(self) -> None:
        """Have one product in each state a product can be in."""
        self.products = [
            product(0, availableStock=0, nextReleaseAt=instant(38)),
            product(1, availableStock=0),
            product(2, availableStock=2),
            product(3, saleStartsAt=instant(754)),
            product(4, saleEndsAt=instant(-3600)),
            product(5, name="Mystery Box", totalStock=200, availableStock=120),
        ]

    def sell_out(self) -> None:
        """Have sold or lent everything."""
        self.products = [product(position, availableStock=0, nextReleaseAt=instant(38)) for position in range(6)]

    def refuse(self) -> None:
        """Lose the last iPhone to somebody else."""
        self.products[0] = product(0, availableStock=1, nextReleaseAt=instant(38))

    def hold(self) -> None:
        """Have two holds, one of them with little time left."""
        self.reservations = [reservation(1, 0, 95), reservation(2, 1, 24, quantity=2)]

    def hold_briefly(self) -> None:
        """Have one hold that is about to lapse."""
        self.reservations = [reservation(1, 0, 3)]

    def let_lapse(self) -> None:
        """Have a hold that has just lapsed beside one that runs."""
        self.reservations = [reservation(1, 0, 95), reservation(2, 2, -8)]

    def have_history(self) -> None:
        """Have one reservation with each ending."""
        self.reservations = [
            reservation(1, 0, 95),
            reservation(2, 5, -600, quantity=2, status="COMPLETED", completedAt=instant(-640)),
            reservation(3, 2, -900, status="CANCELLED", cancelledAt=instant(-960)),
            reservation(4, 1, -1800, status="EXPIRED", expiredAt=instant(-1800)),
            reservation(5, 3, -4000, status="COMPLETED", completedAt=instant(-4050)),
        ]

    def _answer(self, route: Route) -> None:
        self.answers_left -= 1
        if self.answers_left < 0:
            route.fulfill(status=503, json={"type": "busy", "title": "Busy", "status": 503, "detail": "Busy."})
        else:
            self._answer_well(route)

    def _answer_well(self, route: Route) -> None:
        resource, *rest = route.request.url.partition("/api/")[2].partition("?")[0].split("/")
        headers = {"X-Server-Time": instant(0)}
        if resource == "products":
            route.fulfill(json=self.products, headers=headers)
        elif route.request.method == "GET":
            route.fulfill(json=self._asked_for(route.request.url, *rest), headers=headers)
        elif rest:
            route.fulfill(json={**self._asked_for("", rest[0]), "status": "COMPLETED"}, headers=headers)
        else:
            self._refuse(route)

    def _asked_for(self, url: str, identifier: str = "", *_: str) -> Any:
        if identifier:
            return next(each for each in self.reservations if each["id"] == identifier)
        running = "status=ACTIVE" in url
        return [each for each in self.reservations if not running or each["expiresAt"] > instant(0)]

    def _refuse(self, route: Route) -> None:
        self.products[0]["availableStock"] = 0
        told = {"availableStock": 0, "nextReleaseAt": self.products[0]["nextReleaseAt"]}
        problem = {"type": "insufficient-stock", "title": "Insufficient stock", "status": 409, "detail": "None left."}
        route.fulfill(status=409, json={**problem, **told}, content_type="application/problem+json")
