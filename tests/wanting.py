"""Reserving as shoppers who are known, on terms, and in vain."""

from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.api.schemas import Reservation
from chalicelib.errors import FlashSaleError
from tests.factories import reserve as reserve_on_terms
from tests.factories import wish

SHOPPER, OTHER = uuid4(), uuid4()


def reserve(
    connection: Connection, product_id: UUID, quantity: int = 1, shopper_id: UUID = SHOPPER, **terms: int
) -> Reservation:
    """Reserve as a shopper who is known."""
    return reserve_on_terms(connection, wish(product_id, quantity, shopper_id=shopper_id), **terms)


def refused[Refusal: FlashSaleError](
    connection: Connection, kind: type[Refusal], product_id: UUID, quantity: int = 1, **terms: int
) -> Refusal:
    """Reserve in vain: return the refusal, which has changed nothing."""
    before = everything(connection)
    with pytest.raises(kind) as refusal:
        reserve(connection, product_id, quantity, **terms)
    assert everything(connection) == before
    return refusal.value


def everything(connection: Connection) -> list[object]:
    """Return every row that a reserve could touch."""
    tables = ("stock", "reservations", "idempotency_keys", "journal")
    return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]
