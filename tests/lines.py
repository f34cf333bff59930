"""Waiting lists in tests: joining them, and what became of those who wait."""

from typing import Any
from uuid import UUID

from psycopg import Connection

from chalicelib.db import waiters
from chalicelib.db.reservations import ReservePolicy
from chalicelib.db.waiters import JoinRequest, ListPolicy, Waiter
from chalicelib.waiting_list import join as joining


def join(
    connection: Connection,
    product_id: UUID,
    shopper_id: UUID,
    quantity: int = 1,
    *,
    max_waiters: int = 1000,
    offer_seconds: int | None = None,
    **policy: int,
) -> Waiter:
    """Join a waiting list; without a policy for offers of two minutes, and without limits."""
    limits = ListPolicy(max_waiters, offer_seconds, ReservePolicy(**{"hold_seconds": 120, **policy}))
    return joining.join(connection, JoinRequest(product_id, shopper_id, quantity), limits).waiter


def entry(connection: Connection, waiter: Waiter) -> Waiter:
    """Return an entry as it reads now."""
    ((shopper_id,),) = connection.execute("SELECT shopper_id FROM waiters WHERE id = %s", [waiter.id])
    return next(found for found in waiters.list_newest(connection, shopper_id) if found.id == waiter.id)


def statuses(connection: Connection, product_id: UUID) -> list[Any]:
    """Return shopper, status and reason of the entries of a product, in the order of joining."""
    statement = "SELECT shopper_id, status, reason FROM waiters WHERE product_id = %s ORDER BY number"
    return connection.execute(statement, [product_id]).fetchall()
