"""Products and reservations in the states that tests start from."""

from decimal import Decimal
from uuid import UUID, uuid4

from psycopg import Connection

from chalicelib.api.schemas import ANONYMOUS, Reservation
from chalicelib.db import journal, products, stock
from chalicelib.db.holds import Terms, Wish
from chalicelib.lifecycle import reserve as reserving
from chalicelib.lifecycle.complete import complete


def product(connection: Connection, units: int = 10, *, slots: list[int] | None = None, price: str = "10.00") -> UUID:
    """Put a product on sale; `slots` spreads its units over stock rows by hand."""
    product_id = uuid4()
    products.create(connection, product_id, "A product", Decimal(price))
    if slots is None:
        stock.create(connection, product_id, units)
    else:
        lay_out(connection, product_id, slots)
    return product_id


def lay_out(connection: Connection, product_id: UUID, slots: list[int]) -> None:
    """Give a product that has no stock yet so many units in each stock row, whatever `stock.create` would choose."""
    with connection.transaction():
        for slot, share in enumerate(slots):
            connection.execute("INSERT INTO stock VALUES (%s, %s, %s, %s)", [product_id, slot, share, share])
        journal.restocked(connection, product_id, sum(slots))


def wish(product_id: UUID, quantity: int = 1, *, shopper_id: UUID = ANONYMOUS, key: str | None = None) -> Wish:
    """Want units of a product."""
    return Wish(product_id, quantity, shopper_id, key)


def reserve(connection: Connection, wanted: Wish, **terms: int) -> Reservation:
    """Reserve what is wanted; without terms for two minutes, and without limits."""
    return reserving.reserve(connection, wanted, Terms(**{"hold_seconds": 120, **terms})).reservation


def active(
    connection: Connection, product_id: UUID, quantity: int = 1, *, shopper_id: UUID = ANONYMOUS, **terms: int
) -> Reservation:
    """Reserve units."""
    return reserve(connection, wish(product_id, quantity, shopper_id=shopper_id), **terms)


def lapsed(connection: Connection, product_id: UUID, quantity: int = 1, *, shopper_id: UUID = ANONYMOUS) -> Reservation:
    """Reserve units in a hold that ran out a second ago and that nothing has expired yet."""
    reservation = active(connection, product_id, quantity, shopper_id=shopper_id)
    connection.execute(
        "UPDATE reservations SET created_at = created_at - interval '1 hour',"
        " expires_at = instant_now() - interval '1 second' WHERE id = %s",
        [reservation.id],
    )
    return reservation


def completed(
    connection: Connection, product_id: UUID, quantity: int = 1, *, shopper_id: UUID = ANONYMOUS
) -> Reservation:
    """Reserve and pay for units."""
    return complete(connection, active(connection, product_id, quantity, shopper_id=shopper_id).id, shopper_id)


def available(connection: Connection, product_id: UUID) -> int:
    """Return what the product's stock rows hold, lapsed holds left out."""
    row = connection.execute("SELECT sum(available) FROM stock WHERE product_id = %s", [product_id]).fetchone()
    assert row is not None
    return int(row[0])


def status(connection: Connection, reservation_id: UUID) -> tuple[str, str | None]:
    """Return the status that a reservation's row has, and who ended it."""
    row = connection.execute("SELECT status, ended_by FROM reservations WHERE id = %s", [reservation_id]).fetchone()
    assert row is not None
    return row[0], row[1]
