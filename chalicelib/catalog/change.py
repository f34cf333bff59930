"""Change: set a product's name, price, limits or sale window, or pause or retire it. Running holds are not changed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chalicelib.catalog import find, require_window
from chalicelib.db import changes, locks, products, waiters
from chalicelib.db.connection import Connection
from chalicelib.db.products import Product
from chalicelib.errors import NotFound


def change(connection: Connection, product_id: UUID, columns: Mapping[str, Any], made_by: str, details: Any) -> Product:
    """Set `columns` of a product and return the product. Raises NotFound, InvalidRequest.

    `retired`, which is no column, takes the product off the shop's list and ends its sale, or puts it back.
    `details` is the request as the admin sent it, for the list of changes.
    """
    with connection.transaction():
        if not locks.product(connection, product_id):
            raise NotFound
        product = find(connection, product_id)
        require_window(
            columns.get("sale_starts_at", product.sale_starts_at),
            columns.get("sale_ends_at", product.sale_ends_at),
            field="saleEndsAt" if "sale_ends_at" in columns else "saleStartsAt",
        )
        if "retired" in columns:
            products.retire(connection, product_id, retired=columns["retired"])
        if changed := {name: value for name, value in columns.items() if name != "retired"}:
            products.change(connection, product_id, changed)
        changes.record(connection, product_id, made_by, "change", details)
        waiters.serve(connection, product_id)  # a sale that goes on again has units in stock
        return find(connection, product_id)
