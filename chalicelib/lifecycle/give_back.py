"""Units of ended holds go back to stock, in the transaction that ends the holds."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from chalicelib import stock
from chalicelib.database import Connection
from chalicelib.reservations import Ended


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
