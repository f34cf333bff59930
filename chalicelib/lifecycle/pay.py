"""Pay: complete a reservation with a payment, or record the payment for refund.

The steps are: read the price of the reservation, ask the provider, settle the payment in the database. A repeated
request gets the recorded answer.
"""

from dataclasses import dataclass
from uuid import UUID

from chalicelib.db import payments
from chalicelib.db.connection import Connection, Database
from chalicelib.db.payments import Payment
from chalicelib.db.reservations import Reservation, ReservationStatus
from chalicelib.errors import NotActive, NotFound, PaymentDeclined, PaymentUsed, RefundRequired
from chalicelib.lifecycle.complete import complete
from chalicelib.log import logger
from chalicelib.payment_provider import Charge, PaymentProvider


@dataclass(frozen=True, slots=True)
class PaymentAttempt:
    """A shopper's request to complete a reservation. `reference` is None if the request names no payment."""

    reservation_id: UUID
    shopper_id: UUID
    reference: str | None


def pay(database: Database, provider: PaymentProvider, attempt: PaymentAttempt, hold_seconds: int) -> Reservation:
    """Return the reservation that the payment completed: the one it was made for, or the one that replaces it.

    Idempotent. Raises NotFound, PaymentDeclined, PaymentUsed and Busy. If the payment was recorded for refund, raises
    NotActive if the reservation was cancelled or already completed, and RefundRequired if the hold had lapsed.
    """
    charge, is_recorded = database.run(_look_up, attempt)
    # Outside of any transaction, because the provider may take seconds.
    if not is_recorded and not provider.confirms(attempt.reference, charge):
        raise PaymentDeclined
    if attempt.reference is None:
        return database.run(complete, attempt.reservation_id, attempt.shopper_id)
    payment = Payment(attempt.reference, charge.reservation_id, charge.shopper_id, charge.amount)
    outcome, settled = database.run(payments.settle, payment, hold_seconds)
    return _answer(outcome, settled, attempt.reference)


def _look_up(connection: Connection, attempt: PaymentAttempt) -> tuple[Charge, bool]:
    """Return what the payment must be for, and whether it has been recorded. Raises NotFound."""
    price = payments.find_price(connection, attempt.reservation_id, attempt.shopper_id)
    if price is None:
        raise NotFound
    charge = Charge(attempt.reservation_id, attempt.shopper_id, *price)
    return charge, attempt.reference is not None and payments.is_recorded(connection, attempt.reference)


def _answer(outcome: str, reservation: Reservation, reference: str) -> Reservation:
    """Return the reservation that a payment completed, or raise the error for its outcome."""
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
