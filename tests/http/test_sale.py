"""What an admin sees of a sale: every product live, the report, and products that are retired."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from psycopg import Connection

from chalicelib.db import refusal_counts
from tests.factories import lapse_now, lapsed
from tests.http.gateway import event
from tests.http.shop import IPHONE, Shop

RETIRE = f"/admin/products/{IPHONE}"


@pytest.fixture
def admin(shop: Shop) -> Shop:
    """Give an admin a shop of their own."""
    return shop.as_admin("ada")


def of(body: Any) -> Any:
    """Return the part of a reply that is about the iPhone."""
    return next(one for one in body["products"] if IPHONE in (one.get("id"), one.get("productId")))


@pytest.fixture
def traded(shop: Shop) -> Shop:
    """Have 2 units sold, 1 given back and 3 held, of 10."""
    shop.post(f"/reservations/{shop.reserve(2)['id']}/complete")
    shop.post(f"/reservations/{shop.reserve(1)['id']}/cancel")
    shop.reserve(3)
    return shop


def test_a_sale_shows_where_the_units_are_and_what_happened_in_the_last_minute(
    traded: Shop, admin: Shop, connection: Connection
) -> None:
    del traded
    lapsed(connection, IPHONE)  # type: ignore[arg-type] # its text does as well
    reply = admin.get("/admin/sale")
    assert (reply.status, reply.headers["Cache-Control"]) == (200, "private, no-store")
    assert len(reply.json["products"]) == 6
    shown = of(reply.json)
    units = {"totalStock": 10, "availableStock": 5, "inStock": 4, "held": 4, "lapsed": 1, "sold": 2}
    assert shown.items() >= {**units, "name": "iPhone 15 Pro Max", "retiredAt": None}.items()
    assert shown["lastMinute"] == {
        "reserved": 6,
        "reservations": 3,
        "extended": 0,
        "completed": 2,
        "cancelled": 1,
        "restocked": 10,
        "expired": {"message": 0, "sweep": 0, "reclaim": 0},
    }
    assert shown["soldOutInSeconds"] == 60.0  # 5 available, and 6 reserved less 1 cancelled in 60 s
    assert shown["expiryLateness"] is None


def test_a_product_that_nobody_reserves_is_never_sold_out(admin: Shop) -> None:
    assert of(admin.get("/admin/sale").json)["soldOutInSeconds"] is None


def test_a_product_without_a_unit_left_is_sold_out_now(shop: Shop, admin: Shop) -> None:
    shop.reserve(10)
    assert of(admin.get("/admin/sale").json)["soldOutInSeconds"] == 0.0


def test_a_report_has_the_figures_of_a_sale(traded: Shop, admin: Shop) -> None:
    del traded
    reply = admin.send(event("GET", "/admin/report", query={"productId": [IPHONE]}))
    assert reply.status == 200, reply.body
    (shown,) = reply.json["products"]
    assert (shown["name"], shown["total"], shown["sellThrough"]) == ("iPhone 15 Pro Max", 10, 0.2)
    assert (shown["events"]["completed"], shown["events"]["reserved"]) == (2, 6)
    assert (shown["soldOutAt"], shown["secondsToSoldOut"]) == (None, None)
    assert shown["buyers"] == {"shoppers": 0, "units": 0, "anonymousUnits": 2, "ofTheTop": 0, "ofTheTopTen": 0}
    assert sum(moment["completed"] for moment in shown["timeline"]) == 2
    assert reply.json["since"] is None


def test_a_report_of_a_time_leaves_out_what_was_before(traded: Shop, admin: Shop, connection: Connection) -> None:
    del traded
    lapsed(connection, IPHONE)  # type: ignore[arg-type] # its text does as well
    since = datetime.fromisoformat(admin.get("/admin/sale").json["at"]) - timedelta(minutes=30)
    reply = admin.send(event("GET", "/admin/report", query={"since": [since.isoformat()]}))
    assert of(reply.json)["events"]["reserved"] == 6  # the lapsed hold was made an hour ago


def test_a_report_of_a_time_in_which_nothing_happened_is_empty(admin: Shop) -> None:
    query = {"since": ["2020-01-01T00:00:00Z"], "until": ["2020-01-02T00:00:00Z"]}
    reply = admin.send(event("GET", "/admin/report", query=query))
    assert (reply.status, reply.json["products"]) == (200, [])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"since": ["today"]}, "since"),
        ({"productId": ["x"]}, "productId"),
        ({"since": ["2020-01-02T00:00:00Z"], "until": ["2020-01-02T00:00:00Z"]}, "until"),
    ],
)
def test_a_bad_report_query_is_refused_by_name(unchanged_shop: Shop, query: dict[str, list[str]], field: str) -> None:
    reply = unchanged_shop.as_admin().send(event("GET", "/admin/report", query=query))
    assert (reply.status, reply.problem) == (400, "invalid-request")
    assert [error["field"] for error in reply.json["errors"]] == [field]


def patch(admin: Shop, body: str) -> None:
    reply = admin.request("PATCH", RETIRE, body.encode(), {"Content-Type": "application/json"})
    assert reply.status == 200, reply.body


def test_a_retired_product_is_gone_from_the_shop_and_kept_for_history(shop: Shop, admin: Shop) -> None:
    held = shop.reserve()
    patch(admin, '{"retired": true}')
    assert IPHONE not in {product["id"] for product in shop.get("/products").json}
    assert shop.get("/reservations").json[0]["productName"] == "iPhone 15 Pro Max"
    assert shop.post(f"/reservations/{held['id']}/complete").status == 200
    assert shop.get(f"/products/{IPHONE}").status == 200


def test_a_retired_product_can_not_be_reserved(shop: Shop, admin: Shop) -> None:
    patch(admin, '{"retired": true}')
    reply = shop.post("/reservations", {"productId": IPHONE, "quantity": 1})
    assert (reply.status, reply.problem) == (409, "sale-not-open")


def test_a_late_payment_for_a_retired_product_is_to_be_refunded(
    shop: Shop, admin: Shop, connection: Connection
) -> None:
    held = shop.reserve()
    lapse_now(connection, held["id"])
    patch(admin, '{"retired": true}')
    reply = shop.post(f"/reservations/{held['id']}/complete", {"paymentReference": "pay-1"})
    assert (reply.status, reply.json["refundRequired"]) == (410, True)


def test_operators_see_retired_products_last_with_the_time(admin: Shop) -> None:
    patch(admin, '{"retired": true}')
    first = admin.get("/admin/products").json[-1]
    assert (first["id"], len(admin.get("/admin/products").json)) == (IPHONE, 6)
    patch(admin, '{"retired": true}')
    assert admin.get("/admin/products").json[-1] == first  # the first time stays


def test_a_product_can_be_put_back(shop: Shop, admin: Shop) -> None:
    patch(admin, '{"retired": true}')
    patch(admin, '{"retired": false, "price": 5}')
    assert shop.reserve()["unitPrice"] == 5
    assert IPHONE in {product["id"] for product in shop.get("/products").json}


def test_refused_requests_are_shown_by_reason(shop: Shop, admin: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusal_counts, "SECONDS_BETWEEN_WRITES", 0)
    shop.reserve(10)
    for _ in range(3):
        assert shop.post("/reservations", {"productId": IPHONE, "quantity": 1}).problem == "insufficient-stock"
    patch(admin, '{"paused": true}')
    assert shop.post("/reservations", {"productId": IPHONE, "quantity": 1}).problem == "sale-paused"
    products = admin.get("/admin/sale").json["products"]
    assert {product["id"]: product["refused"] for product in products if product["refused"]} == {
        IPHONE: {"insufficient-stock": 3, "sale-paused": 1}
    }
