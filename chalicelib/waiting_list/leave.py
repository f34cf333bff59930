"""Leave: give a place in a waiting list up."""

from uuid import UUID

from chalicelib.db import waiters
from chalicelib.db.connection import Connection
from chalicelib.db.waiters import Waiter, WaiterStatus
from chalicelib.errors import NotFound, NotWaiting


def leave(connection: Connection, waiter_id: UUID, shopper_id: UUID) -> Waiter:
    """Leave a waiting list and return the entry. Idempotent. Raises NotFound, NotWaiting."""
    waiter = waiters.leave(connection, waiter_id, shopper_id)
    if waiter is None:
        raise NotFound
    if waiter.status != WaiterStatus.LEFT:
        raise NotWaiting(waiter.status, waiter.reservation_id)
    return waiter
