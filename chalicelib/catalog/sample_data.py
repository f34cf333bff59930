"""Six sample products. They are loaded only on request, and only once."""

from decimal import Decimal
from uuid import UUID

from chalicelib.catalog.create import insert
from chalicelib.db.connection import Connection

# id, name, price, units; the ids are fixed, so that examples can use them
PRODUCTS = [
    ("550e8400-e29b-41d4-a716-446655440000", "iPhone 15 Pro Max", "1199", 10),
    ("550e8400-e29b-41d4-a716-446655440001", "Samsung Galaxy S24 Ultra", "1099", 15),
    ("550e8400-e29b-41d4-a716-446655440002", "MacBook Air M3", "1299", 8),
    ("550e8400-e29b-41d4-a716-446655440003", "Sony WH-1000XM5 Headphones", "399", 20),
    ("550e8400-e29b-41d4-a716-446655440004", 'iPad Pro 12.9"', "1099", 12),
    ("550e8400-e29b-41d4-a716-446655440005", "AirPods Pro (2nd Gen)", "249", 25),
]


def load(connection: Connection) -> int:
    """Add the sample products that do not exist yet; return how many were added."""
    return sum(
        insert(connection, UUID(product_id), {"name": name, "price": Decimal(price)}, units)
        for product_id, name, price, units in PRODUCTS
    )
