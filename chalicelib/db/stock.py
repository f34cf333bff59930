"""Stock: units of a product, spread over rows ("slots") so that shoppers of one hot product do not wait for each other.

For each slot, always: total = available + held (ACTIVE) + sold (COMPLETED) of the reservations that name it.
"""

from uuid import UUID

from psycopg import Connection
from psycopg.rows import args_row

from chalicelib.db.products import Product

TOTAL_MAX = 2_147_483_647  # units of a product: integers of 32 bits


def add(connection: Connection, product_id: UUID, units: int) -> None:
    """Give a new product `units` available units, and enter them in the journal."""
    connection.execute("SELECT add_units(%s, %s)", [product_id, units])
    if units:
        connection.execute(
            "INSERT INTO journal (at, event, product_id, quantity, by)"
            " VALUES (instant_now(), 'RESTOCKED', %s, %s, 'admin')",
            [product_id, units],
        )


def restock(connection: Connection, product_id: UUID, units: int, made_by: str) -> tuple[str, Product]:
    """Add units to a product, or take some out where negative, in one round trip.

    Returns the outcome, of which `functions/restock.sql` has the list, and the product as it reads then.
    """
    cursor = connection.cursor(row_factory=args_row(lambda outcome, *columns: (outcome, Product(*columns))))
    row = cursor.execute(
        "SELECT outcome, (product).* FROM restock(%s, %s, %s)", [product_id, units, made_by]
    ).fetchone()
    assert row is not None  # noqa: S101 - a function with OUT parameters returns one row
    return row
