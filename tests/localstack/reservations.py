"""Reserving over HTTP, and looking at the row behind a reservation."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import httpx
from psycopg import Connection

IPHONE = "550e8400-e29b-41d4-a716-446655440000"
GALAXY = "550e8400-e29b-41d4-a716-446655440001"
MACBOOK = "550e8400-e29b-41d4-a716-446655440002"
HEADPHONES = "550e8400-e29b-41d4-a716-446655440003"
IPAD = "550e8400-e29b-41d4-a716-446655440004"


class Row(NamedTuple):
    """What the database says of a reservation."""

    status: str
    ended_by: str | None
    seconds_late: float | None


def reserve(api: httpx.Client, product_id: str, quantity: int = 1) -> Any:
    """Reserve, successfully."""
    reply = api.post("reservations", json={"productId": product_id, "quantity": quantity})
    assert reply.status_code == 201, reply.text
    return reply.json()


def reserve_at_once(api: httpx.Client, product_id: str, shoppers: int) -> set[str]:
    """Let so many shoppers reserve a unit each at the same moment, all successfully; the ids of the reservations."""
    with ThreadPoolExecutor(shoppers) as threads:
        return {reserved["id"] for reserved in threads.map(lambda _: reserve(api, product_id), range(shoppers))}


def row(rows: Connection, reservation_id: str) -> Row:
    """The stored state, which lags behind the one that is shown."""
    lateness = "extract(epoch FROM ended_at - expires_at)::float"
    query = f"SELECT status::text, ended_by, {lateness} FROM reservations WHERE id = %s"
    found = rows.execute(query, [reservation_id]).fetchone()
    assert found
    return Row(*found)


def has_expired(rows: Connection, reservation_id: str) -> bool:
    """Whether the units of a reservation were put back."""
    return row(rows, reservation_id).status == "EXPIRED"


def available(api: httpx.Client, product_id: str) -> int:
    """How many units a shopper sees."""
    units: int = api.get(f"products/{product_id}").json()["availableStock"]
    return units


def hold_for_a_second(rows: Connection, product_id: str) -> None:
    """Let the holds of a product lapse as soon as the queue can tell."""
    rows.execute("UPDATE products SET hold_seconds = 1 WHERE id = %s", [product_id])


def hold_longer_than_twenty_cold_starts_take(rows: Connection, product_id: str) -> None:
    """Let no hold of a product lapse while others are still pressing."""
    rows.execute("UPDATE products SET hold_seconds = 600 WHERE id = %s", [product_id])
