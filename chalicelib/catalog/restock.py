"""Restock: units come into a product's stock, or unsold and unheld ones are taken out."""

from uuid import UUID

from chalicelib.api.schemas import Product
from chalicelib.db import changes, products, stock
from chalicelib.db.connection import Connection
from chalicelib.errors import InsufficientStock, InvalidRequest, NotFound
from chalicelib.lifecycle.give_back import take_back


def restock(connection: Connection, product_id: UUID, units: int, made_by: str, hold_seconds: int) -> Product:
    """Return the product with so many units more, or fewer where `units` is negative.

    Raises NotFound, InsufficientStock if more is taken out than is neither sold nor held, and InvalidRequest if the
    product would have more units than can be counted.
    """
    with connection.transaction():
        if not products.lock(connection, product_id):
            raise NotFound
        if units < 0:
            # Each hold has a unit at least, so as many holds as units are to be taken out are enough.
            take_back(connection, product_id, at_most=-units, by="reclaim")
        available = sum(stock.lock(connection, product_id).values())
        if available + units < 0:
            upcoming = products.get(connection, product_id, hold_seconds).next_release_at
            raise InsufficientStock(-units, available, upcoming)
        if stock.total(connection, product_id) + units > stock.TOTAL_MAX:
            raise InvalidRequest([("quantity", f"the product would have more than {stock.TOTAL_MAX} units")])
        stock.restock(connection, product_id, units)
        changes.record(connection, product_id, made_by, "restock", {"quantity": units})
        return products.get(connection, product_id, hold_seconds)
