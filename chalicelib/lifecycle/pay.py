"""Pay: what a payment was made for becomes the shopper's, or the payment is recorded for refund.

First the reservation is looked up, then the provider is asked, then the payment is settled. A repeated request gets the
answer that was recorded.
"""

from dataclasses import dataclass
from uuid import UUID

from chalicelib.db import payments, reservations
from chalicelib.db.connection import Connection, Database
from chalicelib.db.payments import Payment
from chalicelib.db.reservations import Reservation, ReservationStatus
from chalicelib.errors import NotActive, NotFound, PaymentDeclined, PaymentUsed, RefundRequired
from chalicelib.lifecycle.complete import complete
from chalicelib.log import logger
from chalicelib.payment_provider import Charge, PaymentProvider


@dataclass(frozen=True, slots=True)
class PaymentAttempt:
    """What a shopper names: the reservation, and the payment for it; None where the provider needs no reference."""

    reservation_id: UUID
    shopper_id: UUID
    reference: str | None


def pay(database: Database, provider: PaymentProvider, attempt: PaymentAttempt, hold_seconds: int) -> Reservation:
    """Return the reservation that the payment completed: the one it was made for, or one in place of a lapsed one.

    Repeating it gives the same answer. Raises NotFound, PaymentDeclined, PaymentUsed and Busy; and, with the payment
    recorded for refund, NotActive if the reservation was cancelled or completed otherwise, RefundRequired if it lapsed.
    """
    charge, is_recorded = database.run(_look_up, attempt)
    # Asked outside any transaction: an answer may take seconds.
    if not is_recorded and not provider.confirms(attempt.reference, charge):
        raise PaymentDeclined
    if attempt.reference is None:
        return database.run(complete, attempt.reservation_id, attempt.shopper_id)
    payment = Payment(attempt.reference, charge.reservation_id, charge.shopper_id, charge.amount)
    outcome, settled = database.run(payments.settle, payment, hold_seconds)
    return _answer(outcome, settled, attempt.reference)


def _look_up(connection: Connection, attempt: PaymentAttempt) -> tuple[Charge, bool]:
    """Return what the payment must be for, and whether it was recorded before; raise NotFound."""
    reservation = reservations.find(connection, attempt.reservation_id, attempt.shopper_id)
    if reservation is None:
        raise NotFound
    charge = Charge(reservation.id, reservation.shopper_id, reservation.quantity * reservation.unit_price)
    return charge, attempt.reference is not None and payments.is_recorded(connection, attempt.reference)


def _answer(outcome: str, reservation: Reservation, reference: str) -> Reservation:
    """Return what a payment bought, or raise what became of it instead."""
    match outcome:
        case "completed":
            return reservation
        case "not-found":
            raise NotFound
        case "payment-used":
            raise PaymentUsed
    details = {"reservation_id": str(reservation.id), "payment_reference": reference}
    logger.warning("refund required", extra=details)
    if reservation.status in (ReservationStatus.COMPLETED, ReservationStatus.CANCELLED):
        raise NotActive(reservation.status, reference)
    raise RefundRequired(reference)
