"""The states of the stub API: one method for each state that a scene needs."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from chalicelib.catalog.sample_data import PRODUCTS
from tests.browser.samples import HOLD_SECONDS, Json, bought, instant, problem, product, reservation
from tests.browser.waiting_states import WaitingStates

PHOTO = Path(__file__).parents[2] / "frontend" / "public" / "share.jpg"

type Answer = tuple[int, Any]


class States(WaitingStates):
    """What the API knows and how it answers."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.products = [product(position) for position in range(len(PRODUCTS))]
        self.reservations: list[Json] = []
        self.answers_left: float = float("inf")
        self.known = True
        self.refusal: Callable[[], Json] = self._sold_out
        self.reserve: Callable[[], Answer] = lambda: (409, self.refusal())
        self.pay: Callable[[Json], Answer] = lambda hold: (200, bought(hold))

    def be_silent(self) -> None:
        """Never answer."""
        self.page.add_init_script("window.fetch = () => new Promise(() => undefined)")

    def fail(self) -> None:
        """Answer requests for products with errors."""
        self.fail_after(0)

    def lose_history(self) -> None:
        """Have no code of the history, as after a new deployment."""
        self.page.route("**/assets/HistoryView-*.js", lambda route: route.abort())

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

    def sell_many(self) -> None:
        """Have enough products for a search, some of them in other currencies."""
        currencies = itertools.cycle(["USD", "EUR", "JPY", "USD"])
        self.products = [
            product(place % 6, id=f"{place:08}-0000-4000-8000-000000000000", currency=next(currencies))
            for place in range(24)
        ]

    def sell_photographed(self) -> None:
        """Have a product with an image of its own, and one whose image is broken."""
        self.page.route("**/images/*", lambda route: route.fulfill(path=PHOTO))
        self.page.route("**/images/broken.webp", lambda route: route.abort())
        self.products[3] = product(3, imageUrl="/images/headphones.webp", currency="EUR", price=379.5)
        self.products[5] = product(5, imageUrl="/images/broken.webp")

    def open_soon(self) -> None:
        """Have two sales that open together in a while, and two that are open."""
        starts = instant(754)
        upcoming = [product(position, saleStartsAt=starts) for position in (0, 3)]
        self.products = [*upcoming, product(1), product(5)]

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
        self.reservations = [
            reservation(1, 0, 95, extensionsLeft=10),
            reservation(2, 1, 24, quantity=2, extensionsLeft=9),
        ]

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

    def have_lapses(self) -> None:
        """Have a hold of a product of which two holds have lapsed."""
        lapsed = [reservation(number, 5, -600 * number, status="EXPIRED") for number in (1, 2)]
        self.reservations = [reservation(3, 5, 95), *lapsed]

    def accept(self) -> None:
        """Accept reserve requests."""
        self.reserve = self._hold

    def have_history(self) -> None:
        """Have a reservation with each status."""
        self.reservations = [
            reservation(1, 0, 95),
            reservation(2, 5, -600, quantity=2, status="COMPLETED", completedAt=instant(-640)),
            reservation(3, 2, -900, status="CANCELLED", cancelledAt=instant(-960)),
            reservation(4, 1, -1800, createdAt=instant(-2040), status="EXPIRED", expiredAt=instant(-1800)),
            reservation(5, 3, -4000, status="COMPLETED", completedAt=instant(-4050)),
        ]

    def _hold(self) -> Answer:
        self.reservations = [reservation(1, 0, HOLD_SECONDS)]
        return 201, self.reservations[0]

    def _sold_out(self) -> Json:
        self.products[0]["availableStock"] = 0
        members = {"availableStock": 0, "nextReleaseAt": self.products[0]["nextReleaseAt"]}
        return problem(409, "insufficient-stock", **members)
