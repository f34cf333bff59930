"""What a shopper is told who wanted a reservation in one state and finds it in another."""

from chalicelib.api.schemas import Reservation, ReservationStatus
from chalicelib.errors import NotActive, NotFound, ReservationExpired


def refuse_unless(wanted: ReservationStatus, reservation: Reservation | None) -> Reservation:
    """Return the reservation if it has the wanted status; else raise NotFound, NotActive or ReservationExpired."""
    if reservation is None:
        raise NotFound
    if reservation.status == wanted:
        return reservation
    if reservation.status in (ReservationStatus.COMPLETED, ReservationStatus.CANCELLED):
        raise NotActive(reservation.status)
    raise ReservationExpired
