"""Change: set a product's name, price, limits or sale window, or pause or retire it. Running holds are not changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chalicelib.catalog import find, require_window
from chalicelib.db import changes, locks, products, waiters
from chalicelib.db.connection import Connection
from chalicelib.db.products import Product
from chalicelib.errors import InvalidRequest, NotFound


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
        _require_no_wait(connection, product_id, columns.get("sale_starts_at"))
        if "retired" in columns:
            products.retire(connection, product_id, retired=columns["retired"])
        if changed := {name: value for name, value in columns.items() if name != "retired"}:
            products.change(connection, product_id, changed)
        changes.record(connection, product_id, made_by, "change", details)
        waiters.serve(connection, product_id)  # a sale that goes on again has units in stock
        return find(connection, product_id)


def _require_no_wait(connection: Connection, product_id: UUID, starts_at: datetime | None) -> None:
    """Raise InvalidRequest if at a new start in the future newcomers would be as quick as those who wait already."""
    if starts_at is not None and waiters.wait_until(connection, product_id, starts_at):
        raise InvalidRequest(
            [("saleStartsAt", "can't be in the future while shoppers wait for the product; pause the sale instead")]
        )
