"""Create: add a product with all of its units available."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from chalicelib.catalog import find, require_window
from chalicelib.db import changes, products, stock
from chalicelib.db.connection import Connection
from chalicelib.db.products import Product


def create(connection: Connection, columns: Mapping[str, Any], units: int, made_by: str, details: Any) -> Product:
    """Return a new product with `units` available units. Raises InvalidRequest.

    `columns` are those of `products.insert`. `details` is the request as the admin sent it, for the list of changes.
    """
    require_window(columns.get("sale_starts_at"), columns.get("sale_ends_at"))
    product_id = uuid4()
    with connection.transaction():
        insert(connection, product_id, columns, units)
        changes.record(connection, product_id, made_by, "create", details)
        return find(connection, product_id)


def insert(connection: Connection, product_id: UUID, columns: Mapping[str, Any], units: int) -> bool:
    """Add a product with its stock; return False if a product with this id exists."""
    with connection.transaction():
        added = products.insert(connection, product_id, columns)
        if added:
            stock.add(connection, product_id, units)
        return added
