"""Commands of operators: create, change and restock products."""

from datetime import datetime
from uuid import UUID

from chalicelib.db import products
from chalicelib.db.connection import Connection
from chalicelib.db.products import Product
from chalicelib.errors import InvalidRequest, NotFound

_FAULTS = {"saleEndsAt": "must be later than saleStartsAt", "saleStartsAt": "must be earlier than saleEndsAt"}


def find(connection: Connection, product_id: UUID) -> Product:
    """Return a product with its live stock. Raises NotFound."""
    product = products.find(connection, product_id)
    if product is None:
        raise NotFound
    return product


def require_window(starts_at: datetime | None, ends_at: datetime | None, field: str = "saleEndsAt") -> None:
    """Raise InvalidRequest for `field` if the sale does not end after it starts. None is no bound."""
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        raise InvalidRequest([(field, _FAULTS[field])])
