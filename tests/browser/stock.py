"""Stock, holds and sales as a test needs them, written to the database."""

from datetime import timedelta

from psycopg import Connection

NAMED = "(SELECT id FROM products WHERE name = %(name)s)"


def leave(rows: Connection, product: str, units: int) -> None:
    """Leave this many units of a product; other shoppers have bought the rest."""
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
    """Set the length of holds of a product."""
    rows.execute("UPDATE products SET hold_seconds = %s WHERE name = %s", [seconds, product])


def sale_starts_in(rows: Connection, product: str, *, seconds: float) -> None:
    """Start the sale of a product in this many seconds."""
    rows.execute(
        "UPDATE products SET sale_starts_at = now() + make_interval(secs => %s) WHERE name = %s", [seconds, product]
    )


def most_per_shopper(rows: Connection, product: str, units: int) -> None:
    """Set the limit per shopper of a product."""
    rows.execute("UPDATE products SET max_per_shopper = %s WHERE name = %s", [units, product])


def let_lapse(rows: Connection, shopper: str, product: str, *, holds: int, seconds_ago: float) -> None:
    """Add holds of a shopper that lapsed this many seconds ago and were expired by the sweep."""
    rows.execute(
        f"""
        INSERT INTO reservations
               (product_id, slot, shopper_id, quantity, unit_price, status,
                created_at, expires_at, ended_at, ended_by)
        SELECT product_id, slot, %(shopper)s, 1, 1, 'EXPIRED',
               now() - interval '5 min', now() - make_interval(secs => %(ago)s), now(), 'sweep'
        FROM stock, generate_series(1, %(holds)s) WHERE product_id = {NAMED}
        """,  # noqa: S608 - no text from outside
        {"name": product, "shopper": shopper, "ago": seconds_ago, "holds": holds},
    )


def age_holds(rows: Connection, seconds: int) -> None:
    """Move all running holds back in time, as if they had been made this much earlier."""
    earlier = {"by": timedelta(seconds=seconds)}
    with rows.transaction():
        rows.execute("UPDATE stock SET first_lapse_at = first_lapse_at - %(by)s", earlier)
        rows.execute(
            "UPDATE reservations SET created_at = created_at - %(by)s, expires_at = expires_at - %(by)s"
            " WHERE status = 'ACTIVE'",
            earlier,
        )


def available(rows: Connection, product: str) -> int:
    """Return how many units of a product the stock rows have."""
    query = "SELECT sum(available) FROM stock JOIN products ON id = product_id WHERE name = %s"
    found = rows.execute(query, [product]).fetchone()
    assert found is not None
    return int(found[0])
