"""Pay: what a payment was made for becomes the shopper's, or the payment is marked for refund; never neither.

First look at what is known, then ask the provider, then settle. Whoever repeats a request is answered from what was
written down then.
"""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from chalicelib.api.schemas import Reservation, ReservationStatus
from chalicelib.db import payments, reservations
from chalicelib.db.connection import Connection, Database
from chalicelib.db.holds import Wish
from chalicelib.db.payments import Outcome, Payment
from chalicelib.errors import NotActive, NotFound, PaymentDeclined, PaymentUsed, RefundRequired
from chalicelib.lifecycle.settle import settle_in_time, settle_late
from chalicelib.log import logger
from chalicelib.payment_provider import PaymentProvider


@dataclass(frozen=True, slots=True)
class Claim:
    """What a shopper says: that they made this payment for that reservation."""

    reference: str
    reservation_id: UUID
    shopper_id: UUID


def pay(database: Database, provider: PaymentProvider, claim: Claim, hold_seconds: int) -> Reservation:
    """Return the reservation that the payment completed: the one it was made for, or one in place of a lapsed one.

    Repeating it gives the same answer. Raises NotFound, PaymentDeclined, PaymentUsed and Busy; and, with the payment
    marked for refund, NotActive if the reservation was cancelled or completed otherwise, RefundRequired if it lapsed.
    """
    reservation = database.run(partial(_find, claim=claim))
    outcome = database.run(partial(payments.find, reference=claim.reference))
    if outcome is None:
        payment = _confirmed(provider, claim, reservation)
        outcome = _settle(database, payment, _again(reservation, claim.shopper_id), hold_seconds)
    return database.run(partial(_answer, claim=claim, outcome=outcome))


def _find(connection: Connection, claim: Claim) -> Reservation:
    reservation = reservations.find(connection, claim.reservation_id, claim.shopper_id)
    if reservation is None:
        raise NotFound
    return reservation


def _confirmed(provider: PaymentProvider, claim: Claim, reservation: Reservation) -> Payment:
    """Return the payment as the provider confirms it; called outside any transaction. Raises PaymentDeclined."""
    amount = reservation.quantity * reservation.unit_price
    if not provider.confirms(claim.reference, amount):
        raise PaymentDeclined
    return Payment(claim.reference, reservation.id, amount)


def _again(reservation: Reservation, shopper_id: UUID) -> Wish:
    """Return the wish for the same units at the price that was paid for them."""
    return Wish(
        reservation.product_id,
        reservation.quantity,
        shopper_id,
        unit_price=reservation.unit_price,
        replaces=reservation.id,
    )


def _settle(database: Database, payment: Payment, again: Wish, hold_seconds: int) -> Outcome:
    outcome = database.run(partial(settle_in_time, payment=payment, shopper_id=again.shopper_id))
    if outcome is None:
        outcome = database.run(partial(settle_late, payment=payment, wish=again, hold_seconds=hold_seconds))
    if outcome.completed_id is None:
        reason = {"reservation_id": str(payment.reservation_id), "payment_reference": payment.reference}
        logger.warning("refund required", extra=reason)
    return outcome


def _answer(connection: Connection, claim: Claim, outcome: Outcome) -> Reservation:
    """Return what a payment bought, or raise what became of it instead."""
    if claim.reservation_id not in (outcome.reservation_id, outcome.completed_id):
        raise PaymentUsed
    if outcome.completed_id is not None:
        return _find(connection, Claim(claim.reference, outcome.completed_id, claim.shopper_id))
    status = _find(connection, claim).status
    if status in (ReservationStatus.COMPLETED, ReservationStatus.CANCELLED):
        raise NotActive(status, claim.reference)
    raise RefundRequired(claim.reference)
