"""The usual algorithm, which reserving is compared with: one row and a round trip for each statement.

BEGIN, SELECT … FOR UPDATE, UPDATE, INSERT, COMMIT. It knows no limits and no idempotency keys.
"""

from psycopg import Connection
from psycopg.rows import class_row

from chalicelib.api import reservations
from chalicelib.db.reservations import Reservation, ReservePolicy, ReserveRequest
from chalicelib.errors import InsufficientStock
from chalicelib.lifecycle.reserve import Reserved

LOCK = """
    SELECT stock.available, product.price, product.name FROM stock
    JOIN products AS product ON product.id = stock.product_id
    WHERE product_id = %s FOR UPDATE OF stock
"""
TAKE = "UPDATE stock SET available = available - %s WHERE product_id = %s"
INSERT = """
    INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at)
    SELECT %s, 0, %s, %s, %s, now, now + make_interval(secs => %s) FROM instant_now() AS now
    RETURNING id, product_id, %s::text AS product_name, shopper_id, quantity, unit_price, status, created_at,
              expires_at, ended_at, extensions_left, replaces
"""


def install_rival() -> None:
    """Make this process's handler reserve by the usual algorithm."""
    reservations.reserve = reserve_from_a_single_row


def reserve_from_a_single_row(connection: Connection, request: ReserveRequest, policy: ReservePolicy) -> Reserved:
    """Lock the product's only stock row, update it, insert the reservation, commit."""
    with connection.transaction():
        row = connection.execute(LOCK, [request.product_id]).fetchone()
        if row is None or row[0] < request.quantity:
            raise InsufficientStock(request.quantity, row[0] if row else 0, None)
        connection.execute(TAKE, [request.quantity, request.product_id])
        _, price, name = row
        values = [request.product_id, request.shopper_id, request.quantity, price, policy.hold_seconds, name]
        reservation = connection.cursor(row_factory=class_row(Reservation)).execute(INSERT, values).fetchone()
    assert reservation is not None
    return Reserved(reservation, replayed=False, database_ms=0.0)
