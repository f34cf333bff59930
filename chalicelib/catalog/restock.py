"""Restock: add units to a product's stock, or remove available units."""

from uuid import UUID

from chalicelib.db import stock
from chalicelib.db.connection import Connection
from chalicelib.db.products import Product
from chalicelib.errors import InsufficientStock, InvalidRequest, NotFound


def restock(connection: Connection, product_id: UUID, units: int, made_by: str) -> Product:
    """Add `units` to a product, or remove them if negative, and return the product.

    Raises NotFound, InsufficientStock if fewer units are available than are to be removed, and InvalidRequest if the
    product would have more than TOTAL_MAX units.
    """
    outcome, product = stock.restock(connection, product_id, units, made_by)
    match outcome:
        case "not-found":
            raise NotFound
        case "insufficient-stock":
            raise InsufficientStock(-units, product.available_stock, product.next_release_at)
        case "too-many":
            raise InvalidRequest([("quantity", f"the product would have more than {stock.TOTAL_MAX} units")])
    return product
