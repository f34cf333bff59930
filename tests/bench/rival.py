"""The algorithm that reserving is compared with: the seed's, one row and a round trip for each statement.

BEGIN, SELECT … FOR UPDATE, UPDATE, INSERT, COMMIT. It knows no limits and no idempotency keys.
"""

from psycopg import Connection
from psycopg.rows import class_row

from chalicelib.api import reservations
from chalicelib.api.schemas import Reservation
from chalicelib.db.holds import Terms, Wish
from chalicelib.errors import InsufficientStock
from chalicelib.lifecycle.reserve import Reserved


def install_rival() -> None:
    """Make this process's handler reserve as the seed does."""
    reservations.reserve = reserve_from_a_single_row


def reserve_from_a_single_row(connection: Connection, wish: Wish, terms: Terms) -> Reserved:
    """Lock the product's only stock row, update it, insert the reservation, commit."""
    with connection.transaction():
        row = connection.execute(
            "SELECT stock.available, product.price, product.name FROM stock"
            " JOIN products AS product ON product.id = stock.product_id"
            " WHERE product_id = %s FOR UPDATE OF stock",
            [wish.product_id],
        ).fetchone()
        if row is None or row[0] < wish.quantity:
            raise InsufficientStock(wish.quantity, row[0] if row else 0, None)
        connection.execute(
            "UPDATE stock SET available = available - %s WHERE product_id = %s", [wish.quantity, wish.product_id]
        )
        reservation = (
            connection.cursor(row_factory=class_row(Reservation))
            .execute(
                "INSERT INTO reservations"
                " (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at)"
                " SELECT %s, 0, %s, %s, %s, now, now + make_interval(secs => %s) FROM instant_now() AS now"
                " RETURNING id, product_id, %s::text AS product_name, quantity, unit_price, status, created_at,"
                " expires_at, NULL AS completed_at, NULL AS cancelled_at, NULL AS expired_at,"
                " extensions_left, replaces",
                [wish.product_id, wish.shopper_id, wish.quantity, row[1], terms.hold_seconds, row[2]],
            )
            .fetchone()
        )
    assert reservation is not None
    return Reserved(reservation, replayed=False)
