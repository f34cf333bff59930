"""The waiting list of a sold-out product, with real queues and functions: by message, and by the sweep alone."""

import json
from typing import Any
from uuid import UUID

import httpx
import pytest
from psycopg import Connection

from tests.factories import lapse_now, product
from tests.localstack.deployed import Deployed
from tests.localstack.reservations import (
    has_expired,
    hold_for_a_second,
    hold_longer_than_twenty_cold_starts_take,
    reserve,
    row,
)
from tests.localstack.test_identity import bearing
from tests.waiting import eventually

Shopper = dict[str, str]


@pytest.fixture
def product_id(rows: Connection) -> str:
    """Put a product with one unit on sale, whose holds are long."""
    product_id = str(product(rows, 1))
    hold_longer_than_twenty_cold_starts_take(rows, product_id)
    return product_id


def joined(api: httpx.Client, product_id: str) -> Shopper:
    """Return the headers of a new shopper who has joined the list."""
    shopper = bearing(api.post("shoppers").json()["token"])
    reply = api.post(f"products/{product_id}/waiters", json={"quantity": 1}, headers=shopper)
    assert reply.status_code == 201, reply.text
    return shopper


def entry(api: httpx.Client, shopper: Shopper) -> Any:
    """Return a shopper's only entry."""
    (found,) = api.get("waiters", headers=shopper).json()
    return found


def cancel(api: httpx.Client, shopper: Shopper, reservation_id: str) -> None:
    """Cancel the shopper's reservation."""
    assert api.post(f"reservations/{reservation_id}/cancel", headers=shopper).status_code == 200


def test_messages_give_the_units_of_a_lapsed_hold_to_those_who_wait(
    deployed: Deployed, api: httpx.Client, rows: Connection, product_id: str
) -> None:
    held = reserve(api, product_id)
    first, second = joined(api, product_id), joined(api, product_id)
    assert entry(api, second)["position"] == 2
    lapse_now(rows, UUID(held["id"]))
    deployed.send(json.dumps({"reservationId": held["id"]}))  # its own comes in ten minutes
    eventually(lambda: entry(api, first)["status"] == "OFFERED", within=20)
    assert row(rows, held["id"])[:2] == ("EXPIRED", "message")
    assert entry(api, second)["position"] == 1

    hold_for_a_second(rows, product_id)
    cancel(api, first, entry(api, first)["reservationId"])
    offer = entry(api, second)["reservationId"]
    eventually(lambda: has_expired(rows, offer), within=20)
    assert row(rows, offer).ended_by == "message"


def test_the_sweep_alone_gives_them_too(
    deployed: Deployed, api: httpx.Client, rows: Connection, product_id: str
) -> None:
    with deployed.without_messages():
        held = reserve(api, product_id)
        first, second = joined(api, product_id), joined(api, product_id)
        hold_for_a_second(rows, product_id)
        lapse_now(rows, UUID(held["id"]))
        assert deployed.fire("sweep") >= 1
        assert row(rows, held["id"])[:2] == ("EXPIRED", "sweep")
        offer = entry(api, first)["reservationId"]
        eventually(lambda: api.get(f"reservations/{offer}", headers=first).json()["status"] == "EXPIRED", within=30)
        hold_longer_than_twenty_cold_starts_take(rows, product_id)
        assert deployed.fire("sweep") >= 1
        assert row(rows, offer)[:2] == ("EXPIRED", "sweep")
        assert entry(api, second)["status"] == "OFFERED"
