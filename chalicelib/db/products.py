"""SQL about products, one function per statement."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from psycopg import Connection, sql
from psycopg.rows import class_row, dict_row

from chalicelib.api.admin_schemas import NewProduct
from chalicelib.api.schemas import Product
from chalicelib.db.connection import require_transaction
from chalicelib.errors import NotFound

# Lapsed holds count as available in the same snapshot that reads the stock, so no unit is seen twice or not at all.
_SELECT = """
    SELECT product.id, product.name, product.price, product.max_per_shopper,
           product.sale_starts_at, product.sale_ends_at,
           coalesce(product.hold_seconds, %(hold_seconds)s) AS hold_seconds,
           slots.total AS total_stock,
           slots.available + lapsed.units AS available_stock,
           upcoming.expires_at AS next_release_at,
           coalesce(product.sale_starts_at <= instant_of_statement(), true)
               AND coalesce(product.sale_ends_at > instant_of_statement(), true) AS on_sale
    FROM products AS product
    CROSS JOIN LATERAL (
        SELECT sum(total)::integer AS total, sum(available)::integer AS available
        FROM stock WHERE product_id = product.id
    ) AS slots
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(quantity), 0)::integer AS units FROM reservations
        WHERE product_id = product.id AND status = 'ACTIVE' AND expires_at <= instant_of_statement()
    ) AS lapsed
    LEFT JOIN LATERAL (
        SELECT expires_at FROM reservations
        WHERE product_id = product.id AND status = 'ACTIVE' AND expires_at > instant_of_statement()
        ORDER BY expires_at LIMIT 1
    ) AS upcoming ON true
"""


def list_all(connection: Connection, hold_seconds: int) -> list[Product]:
    """Return every product with its live stock, by name; `hold_seconds` applies where a product has none of its own."""
    cursor = connection.cursor(row_factory=class_row(Product))
    return cursor.execute(_SELECT + " ORDER BY product.name, product.id", {"hold_seconds": hold_seconds}).fetchall()


def find(connection: Connection, product_id: UUID, hold_seconds: int) -> Product | None:
    """Return one product with its live stock, or None."""
    cursor = connection.cursor(row_factory=class_row(Product))
    given = {"hold_seconds": hold_seconds, "product_id": product_id}
    return cursor.execute(_SELECT + " WHERE product.id = %(product_id)s", given).fetchone()


def create(connection: Connection, product_id: UUID, name: str, price: Decimal) -> bool:
    """Add a product without stock; return False if there is one with this id already."""
    cursor = connection.execute(
        "INSERT INTO products (id, name, price) VALUES (%s, %s, %s) ON CONFLICT (id) DO NOTHING",
        [product_id, name, price],
    )
    return cursor.rowcount == 1


def add(connection: Connection, product: NewProduct) -> UUID:
    """Add a product without stock; return its new id."""
    product_id = uuid4()
    connection.execute(
        "INSERT INTO products (id, name, price, hold_seconds, max_per_shopper, sale_starts_at, sale_ends_at)"
        " VALUES (%(product_id)s, %(name)s, %(price)s, %(hold_seconds)s, %(max_per_shopper)s,"
        " %(sale_starts_at)s, %(sale_ends_at)s)",
        {**product.model_dump(), "product_id": product_id},
    )
    return product_id


def get(connection: Connection, product_id: UUID, hold_seconds: int) -> Product:
    """Return one product with its live stock; raise NotFound."""
    product = find(connection, product_id, hold_seconds)
    if product is None:
        raise NotFound
    return product


def lock(connection: Connection, product_id: UUID) -> bool:
    """Make other admin changes of a product wait until the transaction ends; return whether there is such a product.

    Comes before all other locks. Reserves don't wait for it.
    """
    require_transaction(connection)
    statement = "SELECT FROM products WHERE id = %s FOR NO KEY UPDATE"
    return connection.execute(statement, [product_id]).rowcount == 1


def sale_window(connection: Connection, product_id: UUID) -> dict[str, datetime | None]:
    """Return when the sale of a product starts and ends, by column; None is no bound."""
    cursor = connection.cursor(row_factory=dict_row)
    statement = "SELECT sale_starts_at, sale_ends_at FROM products WHERE id = %s"
    return cursor.execute(statement, [product_id]).fetchone() or {}


def change(connection: Connection, product_id: UUID, columns: Mapping[str, object]) -> None:
    """Set columns of a product, of which there is one at least."""
    assignments = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in columns]
    statement = sql.SQL("UPDATE products SET {} WHERE id = %(product_id)s").format(sql.SQL(", ").join(assignments))
    connection.execute(statement, {**columns, "product_id": product_id})


def with_lapsed_holds(connection: Connection) -> list[UUID]:
    """Return the products that have holds past their lapse."""
    rows = connection.execute("""
        SELECT product.id FROM products AS product
        WHERE EXISTS (
            SELECT FROM reservations
            WHERE product_id = product.id AND status = 'ACTIVE' AND expires_at <= instant_of_statement()
        )
        ORDER BY product.id
    """)
    return [product_id for (product_id,) in rows]
