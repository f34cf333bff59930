"""Change: what a product is called, costs, and is sold by. Running holds stay as they were made."""

from uuid import UUID

from chalicelib.api.admin_schemas import ProductChange
from chalicelib.api.schemas import Product
from chalicelib.catalog.sale_window import refuse_unless_ordered
from chalicelib.db import changes, products
from chalicelib.db.connection import Connection
from chalicelib.errors import NotFound


def change(connection: Connection, product_id: UUID, wanted: ProductChange, made_by: str, hold_seconds: int) -> Product:
    """Return the changed product; what was not given stays. Raises NotFound, InvalidRequest."""
    given = wanted.model_dump(exclude_unset=True)
    with connection.transaction():
        if not products.lock(connection, product_id):
            raise NotFound
        window = {**products.sale_window(connection, product_id), **given}
        refuse_unless_ordered(
            window["sale_starts_at"],
            window["sale_ends_at"],
            field="saleEndsAt" if "sale_ends_at" in given else "saleStartsAt",
        )
        products.change(connection, product_id, given)
        changes.record(connection, product_id, made_by, "change", wanted.asked_for())
        return products.get(connection, product_id, hold_seconds)
