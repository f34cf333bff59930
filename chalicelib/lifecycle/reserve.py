"""Reserve: units go from stock into a hold, at once and never more than there are."""

from dataclasses import dataclass
from uuid import UUID

from chalicelib import products, reservations, stock
from chalicelib.database import Connection
from chalicelib.errors import Busy, InsufficientStock, NotFound, SaleNotOpen
from chalicelib.lifecycle.give_back import give_back_locked
from chalicelib.schemas import QUANTITY_MAX, Product, Reservation

ATTEMPTS = 10  # each fails only because others took units meanwhile


@dataclass(frozen=True, slots=True)
class Wish:
    """What a shopper wants to reserve; `hold_seconds` applies where the product has no hold length of its own."""

    product_id: UUID
    quantity: int
    shopper_id: UUID
    hold_seconds: int


def reserve(connection: Connection, wish: Wish) -> Reservation:
    """Return a new reservation.

    One round trip in the common case; a refusal takes no lock. Raises NotFound, SaleNotOpen, InsufficientStock, or
    Busy if others were quicker again and again.
    """
    for _ in range(ATTEMPTS):
        if reservation := _hold(connection, wish) or _hold_exactly(connection, wish):
            return reservation
    raise Busy


def _hold(connection: Connection, wish: Wish) -> Reservation | None:
    return reservations.hold(connection, wish.product_id, wish.quantity, wish.shopper_id, wish.hold_seconds)


def _hold_exactly(connection: Connection, wish: Wish) -> Reservation | None:
    """Look at everything the product has before saying no: locked stock rows, scattered units, lapsed holds."""
    _refuse_if_hopeless(products.find(connection, wish.product_id, wish.hold_seconds), wish.quantity)
    with connection.transaction():
        _reclaim(connection, wish.product_id)
        _gather(connection, wish.product_id, wish.quantity)
        return _hold(connection, wish)


def _refuse_if_hopeless(product: Product | None, quantity: int) -> None:
    if product is None:
        raise NotFound
    if not product.on_sale:
        raise SaleNotOpen(product.sale_starts_at, product.sale_ends_at)
    if product.available_stock < quantity:
        raise InsufficientStock(quantity, product.available_stock, product.next_release_at)


def _reclaim(connection: Connection, product_id: UUID) -> None:
    # Each hold has a unit at least, so these are enough for any one reserve.
    lapsed = reservations.expire_lapsed(connection, product_id, limit=QUANTITY_MAX, by="reclaim")
    give_back_locked(connection, product_id, lapsed)


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
