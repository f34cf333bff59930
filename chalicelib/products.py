"""SQL about products, one function per statement."""

from decimal import Decimal
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from chalicelib.schemas import Product

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
