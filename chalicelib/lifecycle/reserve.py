"""Reserve: units go from stock into a hold, at once and never more than there are."""

from dataclasses import dataclass
from uuid import UUID

from chalicelib.api.schemas import QUANTITY_MAX, Reservation
from chalicelib.db import idempotency, limits, products, reservations, stock
from chalicelib.db.connection import Connection
from chalicelib.db.holds import KeyTaken, Terms, Wish, hold
from chalicelib.errors import Busy, IdempotencyMismatch, InsufficientStock, NotFound, SaleNotOpen
from chalicelib.lifecycle.give_back import take_back

ATTEMPTS = 10  # each fails only because others took units meanwhile


@dataclass(frozen=True, slots=True)
class Reserved:
    """A reservation, and whether an earlier request with the same idempotency key made it."""

    reservation: Reservation
    replayed: bool


def reserve(connection: Connection, wish: Wish, terms: Terms) -> Reserved:
    """Return a new reservation, or the one that the wish's key was used for before.

    One round trip in the common case; a refusal locks no row. Raises NotFound, SaleNotOpen, LimitExceeded, CoolingDown,
    TooManyHolds, InsufficientStock, IdempotencyMismatch, or Busy if others were quicker again and again.
    """
    for _ in range(ATTEMPTS):
        try:
            if reservation := hold(connection, wish, terms):
                return Reserved(reservation, replayed=False)
            if replayed := _replay(connection, wish):
                return Reserved(replayed, replayed=True)
            if reservation := reserve_once(connection, wish, terms):
                return Reserved(reservation, replayed=False)
        except KeyTaken:
            continue
    raise Busy


def reserve_once(connection: Connection, wish: Wish, terms: Terms) -> Reservation | None:
    """Return a new reservation, or None if others took the units at this very moment; raise as `reserve` does.

    Every lock is taken in its order, so that this may be the first part of a greater transaction, and only the first.
    """
    _refuse_if_hopeless(connection, wish, terms)
    return _hold_exactly(connection, wish, terms)


def _replay(connection: Connection, wish: Wish) -> Reservation | None:
    """Return the reservation that the wish's key was used for; raise IdempotencyMismatch if it was another wish."""
    earlier = idempotency.find(connection, wish.shopper_id, wish.key) if wish.key else None
    if earlier is None:
        return None
    reservation = reservations.find(connection, earlier, wish.shopper_id)
    if reservation is None or (reservation.product_id, reservation.quantity) != (wish.product_id, wish.quantity):
        raise IdempotencyMismatch
    return reservation


def _refuse_if_hopeless(connection: Connection, wish: Wish, terms: Terms) -> None:
    product = products.find(connection, wish.product_id, terms.hold_seconds)
    if product is None:
        raise NotFound
    if not product.on_sale:
        raise SaleNotOpen(product.sale_starts_at, product.sale_ends_at)
    limits.refuse_if_exceeded(connection, wish, product.max_per_shopper, terms)
    if product.available_stock < wish.quantity:
        raise InsufficientStock(wish.quantity, product.available_stock, product.next_release_at)


def _hold_exactly(connection: Connection, wish: Wish, terms: Terms) -> Reservation | None:
    """Look at everything the product has: locked stock rows, scattered units, lapsed holds."""
    with connection.transaction():
        limits.lock(connection, wish.shopper_id)
        # Each hold has a unit at least, so these are enough for any one reserve.
        take_back(connection, wish.product_id, at_most=QUANTITY_MAX, by="reclaim")
        _gather(connection, wish.product_id, wish.quantity)
        return hold(connection, wish, terms)


def _gather(connection: Connection, product_id: UUID, quantity: int) -> None:
    """Move units into the fullest slot if no slot has enough alone but all together have. The stock is locked."""
    available = stock.lock(connection, product_id)
    fullest = max(available, key=lambda slot: available[slot])
    missing = quantity - available[fullest]
    if missing <= 0 or sum(available.values()) < quantity:
        return
    moves = {fullest: missing}
    for slot, units in available.items():
        if slot != fullest and missing and units:
            moves[slot] = -min(units, missing)
            missing += moves[slot]
    stock.move(connection, product_id, moves)
