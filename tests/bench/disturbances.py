"""Those who disturb a sale: each is a process with an environment of its own that acts at instants it is given."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from tests.bench.environment import Environment, Event, admin_event, reserve_event, wait_until
from tests.bench.outcome import CREATED
from tests.bench.side_by_side import Ready
from tests.factories import let_lapse
from tests.http.gateway import event

ORDER = 100

Act = Callable[[], object]


@dataclass(frozen=True)
class Disturbance:
    """Someone who does something to a product at so many seconds after the beginning, again and again."""

    url: str
    product_id: str
    instants: Sequence[float] = field(default=(3.0,))

    def __call__(self, ready: Ready) -> list[float]:
        """Prepare, wait, and act; return at which seconds each act was done."""
        environment = Environment(self.url)
        acts = [self.prepare(environment) for _ in self.instants]
        environment.send(event("GET", "/products"))  # connects
        began, done = ready(), []
        for instant, act in zip(self.instants, acts, strict=True):
            wait_until(began + instant)
            act()
            done.append(instant)
        return done

    def prepare(self, environment: Environment) -> Act:
        """Return what is done at an instant."""
        raise NotImplementedError

    def _hold(self, environment: Environment) -> tuple[str, Event]:
        """Reserve a unit; return the id of the reservation and the request, whose token is the shopper's."""
        request = reserve_event(self.product_id)
        return environment.demand(request, CREATED)["id"], request


class Restock(Disturbance):
    """An operator puts one more unit on sale."""

    def prepare(self, environment: Environment) -> Act:
        """Return the request for it."""
        request = admin_event("POST", "/admin/products/{product_id}/restock", {"quantity": 1}, self.product_id)
        return lambda: environment.demand(request)


class Sweep(Disturbance):
    """A hold has lapsed, and the schedule sweeps it."""

    def prepare(self, environment: Environment) -> Act:
        """Make a hold, and give back the act that lets it lapse and sweeps."""
        reservation_id, _ = self._hold(environment)

        def sweep() -> None:
            with psycopg.connect(self.url, autocommit=True) as connection:
                let_lapse(connection, UUID(reservation_id))
            environment.sweep_once()

        return sweep


class Cancel(Disturbance):
    """A shopper gives a hold back."""

    def prepare(self, environment: Environment) -> Act:
        """Make a hold; return the request that gives it back."""
        reservation_id, made = self._hold(environment)
        request = event("POST", "/reservations/{reservation_id}/cancel", reservation_id, headers=made["headers"])
        return lambda: environment.demand(request)


class Order(Disturbance):
    """A shopper orders as many units as one order may have."""

    def prepare(self, environment: Environment) -> Act:
        """Return the request for it."""
        request = reserve_event(self.product_id, ORDER)
        assert json.loads(request["body"])["quantity"] == ORDER
        return lambda: environment.demand(request, CREATED)


EVENTS: dict[str, type[Disturbance]] = {
    "a restock": Restock,
    "a sweep of one hold": Sweep,
    "a cancel": Cancel,
    "an order of 100": Order,
}
