"""The stock of products. A product's units are in several rows ("slots"), so that shoppers rarely lock the same row.

For each slot, always: total = available + held + sold, where held and sold count its ACTIVE and COMPLETED reservations.
"""

from uuid import UUID

from psycopg import Connection
from psycopg.rows import args_row

from chalicelib.config import INTEGER_MAX
from chalicelib.db.products import Product

TOTAL_MAX = INTEGER_MAX


def add(connection: Connection, product_id: UUID, units: int) -> None:
    """Add `units` available units to a new product, and record them in the journal."""
    connection.execute("SELECT add_units(%s, %s)", [product_id, units])
    if units:
        connection.execute(
            "INSERT INTO journal (at, event, product_id, quantity, by)"
            " VALUES (instant_now(), 'RESTOCKED', %s, %s, 'admin')",
            [product_id, units],
        )


def restock(connection: Connection, product_id: UUID, units: int, made_by: str) -> tuple[str, Product]:
    """Add units to a product, or remove them if negative, in one call to the database.

    Returns the outcome and the product as it reads afterwards; `functions/restock.sql` lists the outcomes.
    """
    statement = """
        SELECT outcome, (restocked.product).*, shown.paused, count_waiting(shown.id), shown.description,
               shown.image_url, shown.illustration, shown.currency
        FROM restock(%s, %s, %s) AS restocked
        LEFT JOIN products AS shown ON shown.id = (restocked.product).id
    """
    cursor = connection.cursor(row_factory=args_row(lambda outcome, *columns: (outcome, Product(*columns))))
    row = cursor.execute(statement, [product_id, units, made_by]).fetchone()
    assert row is not None  # noqa: S101 - a function with OUT parameters returns one row
    return row
