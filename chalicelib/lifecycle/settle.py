"""Settle: what becomes of a payment that the provider has confirmed, decided and written down in one transaction."""

from uuid import UUID

from chalicelib.api.schemas import ReservationStatus
from chalicelib.db import payments, reservations
from chalicelib.db.connection import Connection
from chalicelib.db.holds import Terms, Wish
from chalicelib.db.payments import Outcome, Payment
from chalicelib.errors import Busy, InsufficientStock, LimitExceeded, SaleNotOpen
from chalicelib.lifecycle.reserve import reserve_once


def settle_in_time(connection: Connection, payment: Payment, shopper_id: UUID) -> Outcome | None:
    """Complete what was paid for, or mark the payment for refund if that has ended already.

    Returns None, with nothing decided, if the hold has lapsed: then `settle_late` does. Raises PaymentUsed.
    """
    with connection.transaction():
        reservations.lock(connection, payment.reservation_id)
        if known := payments.find(connection, payment.reference):
            return known
        if reservations.complete(connection, payment.reservation_id, shopper_id):
            return payments.record(connection, payment, payment.reservation_id)
        if _has_lapsed(connection, payment.reservation_id, shopper_id):
            return None
        return payments.record(connection, payment, None)


def settle_late(connection: Connection, payment: Payment, wish: Wish, hold_seconds: int) -> Outcome:
    """Reserve again what a lapsed hold kept, once, and complete that; mark the payment for refund if it can't be had.

    A reservation that another payment has bought already is not bought again. Raises PaymentUsed, Busy.
    """
    with connection.transaction():
        payments.lock(connection, payment.reservation_id)
        if known := payments.find(connection, payment.reference):
            return known
        is_paid = payments.is_paid(connection, payment.reservation_id)
        return payments.record(connection, payment, None if is_paid else _buy(connection, wish, hold_seconds))


def _has_lapsed(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> bool:
    reservation = reservations.find(connection, reservation_id, shopper_id)
    return reservation is not None and reservation.status == ReservationStatus.EXPIRED


def _buy(connection: Connection, wish: Wish, hold_seconds: int) -> UUID | None:
    """Return a reservation that was made and completed at once, or None if it is refused.

    Of the limits only that of the product counts: who has paid hoards nothing.
    """
    try:
        reservation = reserve_once(connection, wish, Terms(hold_seconds))
    except (InsufficientStock, LimitExceeded, SaleNotOpen):
        return None
    if reservation is None:
        return None
    if not reservations.complete(connection, reservation.id, wish.shopper_id):
        raise Busy  # it took so long that this hold has lapsed too: all of it is to be tried again
    return reservation.id
