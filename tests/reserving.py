"""Reserving as shoppers with a token, under a policy, and refused."""

from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.db.reservations import Reservation
from chalicelib.errors import FlashSaleError
from tests.factories import request
from tests.factories import reserve as reserve_under

SHOPPER, OTHER = uuid4(), uuid4()


def reserve(
    connection: Connection, product_id: UUID, quantity: int = 1, shopper_id: UUID = SHOPPER, **policy: int
) -> Reservation:
    """Reserve as a shopper with a token."""
    return reserve_under(connection, request(product_id, quantity, shopper_id=shopper_id), **policy)


def refused[Refusal: FlashSaleError](
    connection: Connection, kind: type[Refusal], product_id: UUID, quantity: int = 1, **policy: int
) -> Refusal:
    """Return the refusal of a reserve, which has changed nothing."""
    before = everything(connection)
    with pytest.raises(kind) as refusal:
        reserve(connection, product_id, quantity, **policy)
    assert everything(connection) == before
    return refusal.value


def everything(connection: Connection) -> list[object]:
    """Return every row that a reserve could touch."""
    tables = ("stock", "reservations", "idempotency_keys", "journal")
    return [connection.execute(f"SELECT t::text FROM {table} AS t ORDER BY 1").fetchall() for table in tables]
