"""The states of the stub API in which the shopper waits for a sold-out product."""

from collections.abc import Callable
from typing import Any

from tests.browser.samples import HOLD_SECONDS, Json, instant, problem, product, reservation, waiter

OTHERS = 4
"""How many other shoppers wait for the iPhone."""


class WaitingStates:
    """What the API knows of waiting lists."""

    products: list[Json]
    reservations: list[Json]

    def __init__(self) -> None:
        self.waiters: list[Json] = []
        self.known_waiters: list[Json] = []
        self.join: Callable[[Json], tuple[int, Any]] = self._join

    def line_answer(self, path: list[str], method: str, body: Json | None) -> tuple[int, Any] | None:
        """Answer a request about waiting lists; return None for others."""
        match [method, *path]:
            case ["GET", "waiters"]:
                return 200, self.waiters
            case ["POST", "products", _, "waiters"]:
                return self.join(body or {})
            case ["POST", "waiters", identifier, "leave"]:
                return 200, self.leave(identifier)
            case _:
                return None

    def _end(self, **changes: object) -> None:
        """End the places in line. The page knows them as they were."""
        self.known_waiters = self.waiters
        ended = {"position": None, "earliestOfferAt": None, "endedAt": instant(0)}
        self.waiters = [{**each, **ended, **changes} for each in self.waiters]

    def sell_out_with_a_line(self) -> None:
        """Have a sold-out product for which other shoppers wait."""
        self.products[0] = product(0, availableStock=0, nextReleaseAt=instant(38), waiting=OTHERS)

    def wait(self, **changes: object) -> None:
        """Have a place in line behind two others."""
        self.sell_out_with_a_line()
        self.products[0]["waiting"] = OTHERS + 1
        self.waiters = [waiter(0, 3, earliestOfferAt=instant(95), **changes)]

    def wait_without_estimate(self) -> None:
        """Have a place in a long line, and too few running holds."""
        self.products[0] = product(0, availableStock=0, waiting=1204)
        self.waiters = [waiter(0, 1203, quantity=2)]

    def wait_while_units_are_left(self) -> None:
        """Wait for more units than are left."""
        self.products[0] = product(0, availableStock=1, waiting=1)
        self.waiters = [waiter(0, 1, quantity=3, earliestOfferAt=instant(95))]

    def offer(self) -> None:
        """Hold a unit for the shopper whose turn it is."""
        self.products[0]["waiting"] -= 1
        hold = reservation(7, 0, HOLD_SECONDS)
        self.reservations = [hold, *self.reservations]
        self._end(status="OFFERED", reservationId=hold["id"])

    def wait_and_get_an_offer(self) -> None:
        """Have waited before the page was loaded, and got an offer meanwhile."""
        self.wait()
        self.offer()

    def wait_and_be_passed_over(self) -> None:
        """Have waited before the page was loaded, and had too many holds when the turn came."""
        self.wait()
        self.products[0]["waiting"] -= 1
        self._end(status="PASSED_OVER", reason="too-many-holds")

    def refuse_to_let_join(self) -> None:
        """Have a sold-out product whose waiting list is full."""
        self.sell_out_with_a_line()
        self.join = lambda _: (409, problem(409, "waiting-list-full"))

    def lapse_when_sold_out(self) -> None:
        """Have a hold that has just lapsed, of a product that is sold out."""
        self.sell_out_with_a_line()
        self.reservations = [reservation(1, 0, -8)]

    def leave(self, identifier: str) -> Json:
        """End the place in line."""
        left = next(each for each in self.waiters if each["id"] == identifier)
        self.waiters = []
        self.products[0]["waiting"] -= 1
        return {**left, "status": "LEFT", "position": None, "endedAt": instant(0)}

    def _join(self, body: Json) -> tuple[int, Any]:
        self.products[0]["waiting"] += 1
        place = self.products[0]["waiting"]
        self.waiters = [waiter(0, place, quantity=body["quantity"], earliestOfferAt=instant(95), createdAt=instant(0))]
        return 201, self.waiters[0]
