"""Payments that the provider confirmed, and the outcome of each."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from chalicelib.db.reservations import Reservation


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment that the provider confirmed for a reservation of a shopper."""

    reference: str
    reservation_id: UUID
    shopper_id: UUID
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Refund:
    """A payment that completed no reservation and must be refunded: a row of `refunds`, with the product's currency."""

    payment_reference: str
    reservation_id: UUID
    amount: Decimal
    recorded_at: datetime
    settled_at: datetime | None  # None: open
    settled_by: str | None
    currency: str


def find_price(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> tuple[Decimal, str] | None:
    """Return the price of all units of a shopper's reservation and its currency.

    Returns None if the shopper has no such reservation.
    """
    statement = """
        SELECT made.quantity * made.unit_price, product.currency
        FROM reservations AS made
        JOIN products AS product ON product.id = made.product_id
        WHERE made.id = %s AND made.shopper_id = %s
    """
    return connection.execute(statement, [reservation_id, shopper_id]).fetchone()


def is_recorded(connection: Connection, reference: str) -> bool:
    """Return whether the outcome of a payment has been recorded."""
    return connection.execute("SELECT FROM payments WHERE reference = %s", [reference]).rowcount == 1


def settle(connection: Connection, payment: Payment, hold_seconds: int) -> tuple[str, Reservation]:
    """Decide and record the outcome of a payment, in one call to the database.

    Returns the outcome and its reservation; `functions/settle_payment.sql` lists the outcomes. `hold_seconds` applies
    if the product has no hold length.
    """
    row = connection.execute(
        "SELECT outcome, (reservation).* FROM settle_payment(%s, %s, %s, %s, %s)",
        [payment.reservation_id, payment.shopper_id, payment.reference, payment.amount, hold_seconds],
    ).fetchone()
    assert row is not None  # noqa: S101 - a function with OUT parameters returns one row
    return row[0], Reservation(*row[1:])


def list_refunds(
    connection: Connection, limit: int, before: str | None = None, *, is_open: bool | None = None
) -> list[Refund]:
    """Return at most `limit` payments to refund, newest first; with `before`, only those older than that payment.

    With `is_open`, only those that are open, or only those that have been settled.
    """
    cursor = connection.cursor(row_factory=class_row(Refund))
    statement = """
        SELECT refund.*, product.currency
        FROM refunds AS refund
        JOIN reservations AS made ON made.id = refund.reservation_id
        JOIN products AS product ON product.id = made.product_id
        WHERE (%(is_open)s::boolean IS NULL OR (settled_at IS NULL) = %(is_open)s)
          AND (%(before)s::text IS NULL OR (recorded_at, payment_reference) < (
              SELECT earlier.recorded_at, earlier.reference FROM payments AS earlier WHERE reference = %(before)s
          ))
        ORDER BY recorded_at DESC, payment_reference DESC LIMIT %(limit)s
    """
    return cursor.execute(statement, {"limit": limit, "before": before, "is_open": is_open}).fetchall()


def settle_refund(connection: Connection, reference: str, made_by: str) -> Refund | None:
    """Record that an admin has dealt with a refund, and return it. Return None if there is no such refund.

    A refund that has been settled before stays as it is.
    """
    cursor = connection.cursor(row_factory=class_row(Refund))
    statement = """
        SELECT refund.*, product.currency
        FROM settle_refund(%s, %s) AS refund
        JOIN reservations AS made ON made.id = refund.reservation_id
        JOIN products AS product ON product.id = made.product_id
    """
    return cursor.execute(statement, [reference, made_by]).fetchone()
