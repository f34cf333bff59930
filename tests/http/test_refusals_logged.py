"""What the log says of each reserve: one line, with the product's name, and the reason if it is refused."""

from collections.abc import Callable
from typing import Any
from unittest.mock import Mock
from uuid import uuid4

import pytest
from psycopg import Connection
from psycopg.errors import ConfigurationLimitExceeded

from chalicelib.db import reservations
from chalicelib.formats import Json
from tests.factories import lapsed
from tests.http.gateway import reserve_event
from tests.http.shop import IPHONE, Shop
from tests.logs import logged

NAME = "iPhone 15 Pro Max"
BODY = f'{{"productId": "{IPHONE}", "quantity": 3}}'


def sold_out(_: Connection, shop: Shop) -> Shop:
    shop.reserve(8)
    return shop


def beyond_the_limit(connection: Connection, shop: Shop) -> Shop:
    connection.execute("UPDATE products SET max_per_shopper = 2 WHERE id = %s", [IPHONE])
    return shop


def not_open(connection: Connection, shop: Shop) -> Shop:
    connection.execute("UPDATE products SET sale_ends_at = now() WHERE id = %s", [IPHONE])
    return shop


def paused(connection: Connection, shop: Shop) -> Shop:
    connection.execute("UPDATE products SET paused = true WHERE id = %s", [IPHONE])
    return shop


def cooling_down(connection: Connection, shop: Shop) -> Shop:
    shopper_id = uuid4()
    for _ in range(3):
        lapsed(connection, IPHONE, shopper_id=shopper_id)  # type: ignore[arg-type] # its text does as well
    return shop.as_shopper(shopper_id)


def with_many_holds(_: Connection, shop: Shop) -> Shop:
    shopper = shop.as_shopper()
    for _ in range(5):
        shopper.reserve()
    return shopper


REFUSALS: list[tuple[Callable[[Connection, Shop], Shop], str]] = [
    (sold_out, "insufficient-stock"),
    (beyond_the_limit, "limit-exceeded"),
    (not_open, "sale-not-open"),
    (paused, "sale-paused"),
    (cooling_down, "cooling-down"),
    (with_many_holds, "too-many-holds"),
]


@pytest.mark.parametrize(("prepare", "reason"), REFUSALS)
def test_a_refusal_is_one_line_with_its_reason_and_product(
    shop: Shop, connection: Connection, prepare: Callable[[Connection, Shop], Shop], reason: str
) -> None:
    caller = prepare(connection, shop)
    with logged() as lines:
        assert caller.send(reserve_event(BODY)).problem == reason
    (line,) = lines.parsed
    assert line.items() >= {"message": "refused", "level": "INFO", "reason": reason, "product": NAME}.items()
    assert (line["product_id"], line["quantity"], line["Refused"]) == (IPHONE, 3, 3)
    assert 0 < line["database_ms"] < line["function_ms"]
    (metric,) = line["_aws"]["CloudWatchMetrics"]
    assert metric["Metrics"] == [{"Name": "Refused", "Unit": "Count"}]
    assert metric["Dimensions"] == [["service"], ["service", "product_id"], ["service", "product_id", "reason"]]


def test_a_request_is_refused_even_if_that_can_not_be_counted(shop: Shop, connection: Connection) -> None:
    connection.execute("DROP TABLE refusals")
    shop.reserve(8)
    with logged() as lines:
        assert shop.send(reserve_event(BODY)).problem == "insufficient-stock"
    assert [line["message"] for line in lines.parsed] == ["refused", "database unavailable"]
    shop.reserve(1)


def arriving(milliseconds: Any) -> Json:
    """Return a reserve that API Gateway received at this time."""
    event = reserve_event(BODY)
    return {**event, "requestContext": {**event["requestContext"], "requestTimeEpoch": milliseconds}}


def test_a_reservation_is_one_line_with_its_product_and_when_it_arrived(shop: Shop) -> None:
    with logged() as lines:
        made = shop.send(arriving(1_764_234_000_250)).json
    (line,) = lines.parsed
    assert line.items() >= {"message": "reserved", "product": NAME, "product_id": IPHONE, "quantity": 3}.items()
    assert (line["reservation_id"], line["arrived_ms"]) == (made["id"], 1_764_234_000_250)
    assert 0 < line["database_ms"] < line["function_ms"]
    assert "_aws" not in line


@pytest.mark.parametrize("unknown", ["now", None, 1.5, True])
def test_an_arrival_that_the_event_does_not_say_is_left_out(shop: Shop, unknown: object) -> None:
    shop.send(arriving(1))
    with logged() as lines:
        assert shop.send(arriving(unknown)).status == 201
    assert "arrived_ms" not in lines.about("reserved")


def test_a_request_that_may_not_even_wait_is_logged_with_its_product_s_id(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = ConfigurationLimitExceeded("Too many requests of the shopper wait.")  # raised by `wait_for_shopper`
    monkeypatch.setattr(reservations, "reserve", Mock(side_effect=fault))
    with logged() as lines:
        assert shop.send(reserve_event(BODY)).status == 429
    (line,) = lines.parsed
    assert line.items() >= {"message": "refused", "reason": "too-many-at-once", "product_id": IPHONE}.items()
    assert line["Refused"] == 3
    (metric,) = line["_aws"]["CloudWatchMetrics"]
    assert metric["Dimensions"] == [["service"], ["service", "reason"]], "the id may be invented"
