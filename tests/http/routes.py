"""Every route of the application, and a request for each that is good in itself.

Derived from the application, so that a new route can't be left out: it counts as a shopper's own until it is listed.
"""

import json
import re
from dataclasses import dataclass
from enum import Enum

from app import app
from chalicelib.formats import Json
from tests.http.gateway import event
from tests.http.shop import IPHONE, MORE_THAN_IN_STOCK, Shop

ADMIN_PATHS = "/admin/"
OPEN_PATHS = {"/products", "/products/{product_id}", "/health", "/openapi.json", "/shoppers"}
ONE, WAITER = "{reservation_id}", "{waiter_id}"
UNKNOWN = "00000000-0000-0000-0000-000000000001"
BODIES: dict[tuple[str, str], Json] = {
    ("POST", "/reservations"): {"productId": IPHONE, "quantity": 1},
    ("POST", "/products/{product_id}/waiters"): {"quantity": MORE_THAN_IN_STOCK},
    ("POST", "/admin/products"): {"name": "Something new", "price": 5, "totalStock": 1},
    ("PATCH", "/admin/products/{product_id}"): {"name": "Something else"},
    ("POST", "/admin/products/{product_id}/restock"): {"quantity": 1},
}
QUERIES = {("GET", "/admin/reservations"): {"shopperId": [IPHONE]}}


class Callers(Enum):
    """Whom a route is for."""

    EVERYONE = "everyone"
    SHOPPERS = "shoppers"
    ADMINS = "admins"


@dataclass(frozen=True)
class Route:
    """A method of an address."""

    method: str
    resource: str

    def __str__(self) -> str:
        """Return its name in a list of tests."""
        return f"{self.method} {self.resource}"

    @property
    def callers(self) -> Callers:
        if self.resource in OPEN_PATHS:
            return Callers.EVERYONE
        return Callers.ADMINS if self.resource.startswith(ADMIN_PATHS) else Callers.SHOPPERS

    @property
    def needs_token(self) -> bool:
        """Whether anonymous shoppers are refused even where they are allowed."""
        return "waiters" in self.resource

    def caller(self, shop: Shop) -> Shop:
        """Return the same shop for somebody whom the route is for; anonymous shoppers are shoppers of most routes."""
        if self.callers is Callers.ADMINS:
            return shop.as_admin()
        return shop.as_shopper() if self.needs_token else shop

    def event(
        self,
        reservation_id: str,
        authorization: str | None = None,
        *,
        product_id: str = IPHONE,
        waiter_id: str = UNKNOWN,
    ) -> Json:
        """Return a request for one reservation, one waiter or one product, by what the address names."""
        body = BODIES.get((self.method, self.resource))
        headers = {"Content-Type": "application/json"} if body else {}
        return event(
            self.method,
            self.resource,
            {ONE: reservation_id, WAITER: waiter_id}.get("/".join(re.findall(r"{\w+}", self.resource)), product_id),
            body=json.dumps(body) if body else None,
            headers=headers if authorization is None else {**headers, "Authorization": authorization},
            query=QUERIES.get((self.method, self.resource)),
        )


ROUTES = [Route(method, resource) for resource, methods in sorted(app.routes.items()) for method in sorted(methods)]
OF_SHOPPERS = [route for route in ROUTES if route.callers is Callers.SHOPPERS]
OF_ADMINS = [route for route in ROUTES if route.callers is Callers.ADMINS]
OF_ONE = [route for route in ROUTES if ONE in route.resource]
OF_A_WAITER = [route for route in ROUTES if WAITER in route.resource]
OF_A_PRODUCT = [route for route in ROUTES if "{product_id}" in route.resource]
WITH_A_BODY = [route for route in ROUTES if app.routes[route.resource][route.method].view_function.operation.body]
