"""How the shelf is before a test: set in the database, where the shop finds it at its next look."""

from psycopg import Connection

NAMED = "(SELECT id FROM products WHERE name = %(name)s)"


def leave(rows: Connection, product: str, units: int) -> None:
    """Leave so many units of a product; the rest count as bought by somebody else."""
    with rows.transaction():
        rows.execute(
            f"""
            INSERT INTO reservations
                   (product_id, slot, shopper_id, quantity, unit_price, status,
                    created_at, expires_at, ended_at, ended_by)
            SELECT product_id, slot, gen_random_uuid(), available - %(units)s, 1, 'COMPLETED',
                   now() - interval '2 min', now() - interval '1 min', now() - interval '90 s', 'shopper'
            FROM stock WHERE product_id = {NAMED}
            """,  # noqa: S608 - no text from outside
            {"name": product, "units": units},
        )
        rows.execute(
            f"UPDATE stock SET available = %(units)s WHERE product_id = {NAMED}",  # noqa: S608
            {"name": product, "units": units},
        )


def hold_seconds_of(rows: Connection, product: str, seconds: int) -> None:
    """Let holds of a product last so long."""
    rows.execute("UPDATE products SET hold_seconds = %s WHERE name = %s", [seconds, product])


def sale_starts_in(rows: Connection, product: str, *, seconds: float) -> None:
    """Let the sale of a product begin so many seconds from now."""
    rows.execute(
        "UPDATE products SET sale_starts_at = now() + make_interval(secs => %s) WHERE name = %s", [seconds, product]
    )
