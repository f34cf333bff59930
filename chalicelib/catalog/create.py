"""Create: a product goes on sale with all of its units available."""

from chalicelib.api.admin_schemas import NewProduct
from chalicelib.api.schemas import Product
from chalicelib.catalog.sale_window import refuse_unless_ordered
from chalicelib.db import changes, products, stock
from chalicelib.db.connection import Connection


def create(connection: Connection, wanted: NewProduct, made_by: str, hold_seconds: int) -> Product:
    """Return a new product; `hold_seconds` applies if it has no hold length of its own. Raises InvalidRequest."""
    refuse_unless_ordered(wanted.sale_starts_at, wanted.sale_ends_at)
    with connection.transaction():
        product_id = products.add(connection, wanted)
        stock.create(connection, product_id, wanted.total_stock)
        changes.record(connection, product_id, made_by, "create", wanted.asked_for())
        return products.get(connection, product_id, hold_seconds)
