"""The transitions of a reservation, one in each module. Each is one call of a database function.

              reserve
                 |
                 v            complete, pay (paid before the lapse)
              ACTIVE -------------------------------------------> COMPLETED   units are sold
                 |  \\
                 |   `---- cancel | release (before the lapse) --> CANCELLED   units return to stock
                 |
                 `-------- lapse, then expire | sweep | reclaim -> EXPIRED     units return to stock

A shopper cancels a hold of their own; an admin releases the hold of any shopper. An extension moves the lapse of an
ACTIVE reservation. A payment after the lapse reserves and completes the same units in a new reservation, or is recorded
for refund (pay).

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
