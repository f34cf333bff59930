"""Units of ended holds go back to stock, in the transaction that ends the holds."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from chalicelib.db import reservations, stock
from chalicelib.db.connection import Connection
from chalicelib.db.reservations import Ended


def give_back(connection: Connection, ended: Ended) -> None:
    """Return one hold's units to the slot they came from."""
    stock.restore(connection, ended.product_id, {ended.slot: ended.quantity})


def give_back_locked(connection: Connection, product_id: UUID, ended: Sequence[Ended]) -> None:
    """Return many holds' units of one product, each slot's added up, after locking all of its stock in order."""
    if not ended:
        return
    stock.lock(connection, product_id)
    units: Counter[int] = Counter()
    for one in ended:
        units[one.slot] += one.quantity
    stock.restore(connection, product_id, units)


def take_back(connection: Connection, product_id: UUID, at_most: int, by: Literal["sweep", "reclaim"]) -> list[Ended]:
    """Expire so many of a product's lapsed holds, the oldest first, and return them, their units back in stock."""
    ended = reservations.expire_lapsed(connection, product_id, limit=at_most, by=by)
    give_back_locked(connection, product_id, ended)
    return ended
