"""SQL about payments: what became of each one that the provider confirmed. One function per statement."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from chalicelib.db.connection import lock_id, require_transaction
from chalicelib.errors import PaymentUsed


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment that the provider confirmed, and the reservation that it was made for."""

    reference: str
    reservation_id: UUID
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a payment: it bought the reservation `completed_id`, or, if that is None, must be refunded."""

    reservation_id: UUID  # what it was made for
    completed_id: UUID | None


def lock(connection: Connection, reservation_id: UUID) -> None:
    """Make other late payments for a reservation wait until the transaction ends; comes before all other locks."""
    lock_id(connection, reservation_id)


def find(connection: Connection, reference: str) -> Outcome | None:
    """Return what became of a payment, or None if that is still open."""
    cursor = connection.cursor(row_factory=class_row(Outcome))
    return cursor.execute(
        "SELECT reservation_id, completed_id FROM payments WHERE reference = %s", [reference]
    ).fetchone()


def is_paid(connection: Connection, reservation_id: UUID) -> bool:
    """Tell whether a payment for this reservation has bought something: it, or what replaced it."""
    cursor = connection.execute(
        "SELECT FROM payments WHERE reservation_id = %s AND outcome = 'SETTLED'", [reservation_id]
    )
    return cursor.fetchone() is not None


def record(connection: Connection, payment: Payment, completed_id: UUID | None) -> Outcome:
    """Write down that a payment bought `completed_id`, or must be refunded if that is None; return the outcome.

    Raises PaymentUsed if it was used for another reservation at this very moment: nothing may be sold for it here.
    """
    require_transaction(connection)
    statement = """
        INSERT INTO payments (reference, reservation_id, amount, outcome, completed_id)
        VALUES (%(reference)s, %(reservation_id)s, %(amount)s,
                CASE WHEN %(completed_id)s::uuid IS NULL THEN 'REFUND_REQUIRED' ELSE 'SETTLED' END::payment_outcome,
                %(completed_id)s)
        ON CONFLICT (reference) DO NOTHING
        RETURNING reservation_id, completed_id
    """
    given = {
        "reference": payment.reference,
        "reservation_id": payment.reservation_id,
        "amount": payment.amount,
        "completed_id": completed_id,
    }
    outcome = connection.cursor(row_factory=class_row(Outcome)).execute(statement, given).fetchone()
    if outcome is None:
        raise PaymentUsed
    return outcome
