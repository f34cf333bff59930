"""A database of the first version, full of reservations."""

import pytest
from psycopg import Connection

from chalicelib.db import migrations

PRODUCTS, SLOTS, RESERVATIONS = 5, 4, 4_000


def apply_first(connection: Connection, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Apply only the first so many migrations, and no functions."""
    files = migrations._files()[:count]
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_files", lambda: files)
        patch.setattr(migrations, "install", lambda _: None)
        migrations.apply(connection)


def fill(connection: Connection) -> None:
    """Sell a lot, as the first version did."""
    connection.execute("SET statement_timeout = 0")
    connection.execute(
        "INSERT INTO products (name, price) SELECT 'P' || n, 10 FROM generate_series(1, %s) n", [PRODUCTS]
    )
    connection.execute(
        "INSERT INTO stock SELECT id, slot, 100000, 100000 FROM products, generate_series(0, %s) slot", [SLOTS - 1]
    )
    connection.execute(
        """
        INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, status, created_at, expires_at,
                                  ended_at, ended_by)
        SELECT ids[1 + n %% %(products)s], n / 4 %% %(slots)s, gen_random_uuid(), 1, 10,
               (enum_range(NULL::reservation_status))[1 + n %% 4], start.at, start.at + interval '1 hour',
               CASE n %% 4 WHEN 0 THEN NULL WHEN 3 THEN start.at + interval '1 hour' ELSE start.at END,
               CASE n %% 4 WHEN 0 THEN NULL WHEN 3 THEN 'sweep' ELSE 'shopper' END
        FROM generate_series(1, %(reservations)s) AS n,
             (SELECT array_agg(id) AS ids FROM products) AS products,
             (SELECT instant_now() - interval '2 hours' AS at) AS start
        """,
        {"products": PRODUCTS, "slots": SLOTS, "reservations": RESERVATIONS},
    )
    connection.execute("""
        UPDATE stock SET available = total - kept.units
        FROM (SELECT product_id, slot, count(*) AS units FROM reservations
              WHERE status IN ('ACTIVE', 'COMPLETED') GROUP BY 1, 2) AS kept
        WHERE kept.product_id = stock.product_id AND kept.slot = stock.slot
    """)
