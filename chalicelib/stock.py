"""SQL about stock, one function per statement, and the one lock order that everything follows.

Lock order: the shopper (`limits.lock`), before reservations, oldest lapse first, before stock; stock rows of one
product, lowest slot first. No transaction locks stock of two products. The fast reserve locks its shopper and a single
stock row, and skips what others hold.
"""

from collections.abc import Mapping
from uuid import UUID

from psycopg import Connection

from chalicelib.database import require_transaction

UNITS_PER_SLOT = 25
SLOTS_MAX = 32


def slots_for(total: int) -> int:
    """Return over how many rows a product's units are spread: one for a few units, more where more will contend."""
    return max(1, min(SLOTS_MAX, total // UNITS_PER_SLOT))


def spread(units: int, slots: int) -> list[int]:
    """Return `units` divided as evenly as whole units can be."""
    each, rest = divmod(units, slots)
    return [each + (slot < rest) for slot in range(slots)]


def create(connection: Connection, product_id: UUID, total: int) -> None:
    """Give a product that has no stock yet `total` available units."""
    shares = spread(total, slots_for(total))
    connection.execute(
        "INSERT INTO stock (product_id, slot, total, available)"
        " SELECT %(product_id)s, slot - 1, units, units"
        " FROM unnest(%(shares)s::integer[]) WITH ORDINALITY AS share (units, slot)",
        {"product_id": product_id, "shares": shares},
    )


def lock(connection: Connection, product_id: UUID) -> dict[int, int]:
    """Lock all of a product's stock in slot order; return the units available in each slot."""
    require_transaction(connection)
    rows = connection.execute(
        "SELECT slot, available FROM stock WHERE product_id = %s ORDER BY slot FOR UPDATE", [product_id]
    )
    return dict(rows.fetchall())


def restore(connection: Connection, product_id: UUID, units: Mapping[int, int]) -> None:
    """Make units of ended holds available again, so many in each slot. Several slots must have been locked before."""
    require_transaction(connection)
    _add(connection, product_id, units, to_total=False)


def move(connection: Connection, product_id: UUID, units: Mapping[int, int]) -> None:
    """Move available units between slots that are locked: negative where they leave, positive where they arrive."""
    require_transaction(connection)
    if sum(units.values()) != 0:
        raise ValueError("As many units must arrive as leave.")
    _add(connection, product_id, units, to_total=True)


def _add(connection: Connection, product_id: UUID, units: Mapping[int, int], *, to_total: bool) -> None:
    connection.execute(
        "UPDATE stock SET available = available + added.units,"
        " total = total + CASE WHEN %(to_total)s THEN added.units ELSE 0 END"
        " FROM unnest(%(slots)s::smallint[], %(units)s::integer[]) AS added (slot, units)"
        " WHERE stock.product_id = %(product_id)s AND stock.slot = added.slot",
        {"product_id": product_id, "slots": list(units), "units": list(units.values()), "to_total": to_total},
    )
