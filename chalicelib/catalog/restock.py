"""Restock: units come into a product's stock, or unsold and unheld ones are taken out."""

from uuid import UUID

from chalicelib.db import stock
from chalicelib.db.connection import Connection
from chalicelib.db.products import Product
from chalicelib.errors import InsufficientStock, InvalidRequest, NotFound


def restock(connection: Connection, product_id: UUID, units: int, made_by: str) -> Product:
    """Return the product with so many units more, or fewer where `units` is negative.

    Raises NotFound, InsufficientStock if more is taken out than is neither sold nor held, and InvalidRequest if the
    product would have more units than can be counted.
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
