"""What operators do to products: create, change and restock them."""

from datetime import datetime
from uuid import UUID

from chalicelib.db import products
from chalicelib.db.connection import Connection
from chalicelib.db.products import Product
from chalicelib.errors import InvalidRequest, NotFound

_FAULTS = {"saleEndsAt": "must be later than saleStartsAt", "saleStartsAt": "must be earlier than saleEndsAt"}


def find(connection: Connection, product_id: UUID) -> Product:
    """Return one product with its live stock; raise NotFound."""
    product = products.find(connection, product_id)
    if product is None:
        raise NotFound
    return product


def require_window(starts_at: datetime | None, ends_at: datetime | None, field: str = "saleEndsAt") -> None:
    """Raise InvalidRequest, naming `field`, unless a sale ends after it starts; None is no bound."""
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        raise InvalidRequest([(field, _FAULTS[field])])
