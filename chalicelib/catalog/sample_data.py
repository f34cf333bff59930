"""Six sample products. They are loaded only on request, and only once."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from chalicelib.catalog.create import insert
from chalicelib.db.connection import Connection


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample product."""

    number: int
    name: str
    price: int
    units: int
    illustration: str
    description: str

    @property
    def id(self) -> str:
        """The product's id. It is fixed, so that examples can use it."""
        return f"550e8400-e29b-41d4-a716-44665544000{self.number}"


PRODUCTS = [
    Sample(0, "iPhone 15 Pro Max", 1199, 10, "phone-triple", "A large phone with three cameras and a titanium frame."),
    Sample(
        1, "Samsung Galaxy S24 Ultra", 1099, 15, "phone-stylus", "A large phone with a pen that fits into its case."
    ),
    Sample(2, "MacBook Air M3", 1299, 8, "laptop", "A thin laptop without a fan. Its battery lasts a working day."),
    Sample(3, "Sony WH-1000XM5 Headphones", 399, 20, "headphones", "Wireless headphones that cancel noise around you."),
    Sample(4, 'iPad Pro 12.9"', 1099, 12, "tablet", "A large tablet for drawing and reading."),
    Sample(
        5, "AirPods Pro (2nd Gen)", 249, 25, "earbuds", "Wireless earbuds that cancel noise. The case charges them."
    ),
]


def load(connection: Connection) -> int:
    """Add the sample products that do not exist yet; return how many were added."""
    return sum(_add(connection, sample) for sample in PRODUCTS)


def _add(connection: Connection, sample: Sample) -> bool:
    columns = {
        "name": sample.name,
        "price": Decimal(sample.price),
        "illustration": sample.illustration,
        "description": sample.description,
    }
    return insert(connection, UUID(sample.id), columns, sample.units)
