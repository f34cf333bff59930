"""Six products to try the system with, loaded only where asked for, and once."""

from decimal import Decimal
from uuid import UUID

from psycopg import Connection

from chalicelib.db import products, stock

# id, name, price, units; the first id is fixed so that examples can name it
PRODUCTS = [
    ("550e8400-e29b-41d4-a716-446655440000", "iPhone 15 Pro Max", "1199", 10),
    ("550e8400-e29b-41d4-a716-446655440001", "Samsung Galaxy S24 Ultra", "1099", 15),
    ("550e8400-e29b-41d4-a716-446655440002", "MacBook Air M3", "1299", 8),
    ("550e8400-e29b-41d4-a716-446655440003", "Sony WH-1000XM5 Headphones", "399", 20),
    ("550e8400-e29b-41d4-a716-446655440004", 'iPad Pro 12.9"', "1099", 12),
    ("550e8400-e29b-41d4-a716-446655440005", "AirPods Pro (2nd Gen)", "249", 25),
]


def load(connection: Connection) -> int:
    """Add the sample products that are not there yet; return how many were added."""
    added = 0
    for product_id, name, price, units in PRODUCTS:
        with connection.transaction():
            if products.create(connection, UUID(product_id), name, Decimal(price)):
                stock.create(connection, UUID(product_id), units)
                added += 1
    return added
