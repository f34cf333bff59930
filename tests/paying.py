"""Paying for reservations, and whether every payment is accounted for."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from psycopg import Connection

from chalicelib.db import payments
from chalicelib.db.connection import Database
from chalicelib.db.payments import Payment
from chalicelib.db.reservations import Reservation
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.pay import PaymentAttempt, pay
from chalicelib.payment_provider import Charge, MockProvider

REFERENCE = "payment-1"
HOLD_SECONDS = 120


class Provider(MockProvider):
    """Stands for the provider: remembers what it was asked, and lets things happen while it is."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.asked: list[tuple[str | None, Charge]] = []
        self._meanwhile = meanwhile

    def confirms(self, reference: str | None, charge: Charge) -> bool:
        """Answer as the mock does."""
        self.asked.append((reference, charge))
        self._meanwhile()
        return super().confirms(reference, charge)


def pay_for(
    environment: Database,
    reservation_id: UUID,
    reference: str = REFERENCE,
    *,
    provider: MockProvider | None = None,
    shopper_id: UUID = ANONYMOUS,
) -> Reservation:
    """Complete a reservation with a payment."""
    attempt = PaymentAttempt(reservation_id, shopper_id, reference)
    return pay(environment, provider or MockProvider(), attempt, HOLD_SECONDS)


def settle(connection: Connection, hold: Reservation, reference: str = REFERENCE) -> tuple[str, Reservation]:
    """Settle a confirmed payment for all of a reservation; return the outcome and the reservation it is about."""
    payment = Payment(reference, hold.id, hold.shopper_id, hold.quantity * hold.unit_price)
    return payments.settle(connection, payment, HOLD_SECONDS)


def recorded(connection: Connection) -> list[tuple[Any, ...]]:
    """Return every payment that was written down: reference, what it was for, amount, outcome, what it bought."""
    return connection.execute(
        "SELECT reference, reservation_id, amount, outcome, completed_id FROM payments ORDER BY recorded_at, reference"
    ).fetchall()


def assert_accounted_for(connection: Connection) -> None:
    """Fail unless each payment bought one whole reservation of its own, the one it was for or its replacement.

    Or must be refunded, which the table itself states. And whatever replaces another reservation has been paid for.
    """
    wrong = connection.execute("""
        SELECT payment.reference FROM payments AS payment
        JOIN reservations AS bought ON bought.id = payment.completed_id
        WHERE bought.status <> 'COMPLETED' OR bought.quantity * bought.unit_price <> payment.amount
           OR payment.reservation_id NOT IN (bought.id, bought.replaces)
    """)
    assert wrong.fetchall() == []
    twice = connection.execute(
        "SELECT completed_id FROM payments WHERE outcome = 'SETTLED' GROUP BY completed_id HAVING count(*) > 1"
    )
    assert twice.fetchall() == []
    unpaid = connection.execute("""
        SELECT id FROM reservations WHERE replaces IS NOT NULL
        AND NOT EXISTS (SELECT FROM payments WHERE completed_id = reservations.id AND reservation_id = replaces)
    """)
    assert unpaid.fetchall() == []
