"""The life of a reservation, one transition a module. Each is one call of a database function, safe to repeat.

              reserve
                 |
                 v            complete, pay (paid before the lapse)
              ACTIVE -------------------------------------------> COMPLETED
                 |  \\
                 |   `---- cancel (given back before the lapse) -> CANCELLED   units back to stock
                 |
                 `-------- lapse, then expire | sweep | reclaim -> EXPIRED     units back to stock

An extension lets an ACTIVE one lapse later. A payment that comes after the lapse buys a new one, reserved and completed
at once, or is recorded for refund (pay).

COMPLETED, CANCELLED and EXPIRED are final. For every product, always: total = available + held + sold.
"""

from chalicelib.db.reservations import Reservation, ReservationStatus
from chalicelib.errors import NotActive, NotFound, ReservationExpired


def require_status(wanted: ReservationStatus, reservation: Reservation | None) -> Reservation:
    """Return the reservation if it has the wanted status; else raise NotFound, NotActive or ReservationExpired."""
    if reservation is None:
        raise NotFound
    if reservation.status == wanted:
        return reservation
    if reservation.status in (ReservationStatus.COMPLETED, ReservationStatus.CANCELLED):
        raise NotActive(reservation.status)
    raise ReservationExpired
