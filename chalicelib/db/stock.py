"""SQL about stock, one function per statement, and the one lock order that everything follows.

Lock order: the product (`products.lock`, for admin changes alone) or the shopper (`limits.lock`), before reservations,
oldest lapse first, before stock; stock rows of one product, lowest slot first. No transaction locks stock of two
products. The fast reserve locks its shopper and a single stock row, and skips what others hold.
"""

from collections.abc import Mapping
from uuid import UUID

from psycopg import Connection

from chalicelib.db import journal
from chalicelib.db.connection import require_transaction

UNITS_PER_SLOT = 25
SLOTS_MAX = 32
TOTAL_MAX = 2_147_483_647  # what a product's totals are counted in: integers of 32 bits


def slots_for(total: int) -> int:
    """Return over how many rows a product's units are spread: one for a few units, more where more will contend."""
    return max(1, min(SLOTS_MAX, total // UNITS_PER_SLOT))


def spread(units: int, slots: int) -> list[int]:
    """Return `units` divided as evenly as whole units can be."""
    each, rest = divmod(units, slots)
    return [each + (slot < rest) for slot in range(slots)]


def create(connection: Connection, product_id: UUID, total: int) -> None:
    """Give a product that has no stock yet `total` available units."""
    with connection.transaction():
        _lay_out(connection, product_id, spread(total, slots_for(total)))
        journal.restocked(connection, product_id, total)


def restock(connection: Connection, product_id: UUID, units: int) -> None:
    """Add available units, or take some out where negative; product and stock are locked, and as many are there.

    All that are available are spread anew, over more slots if the new total wants more.
    """
    require_transaction(connection)
    row = connection.execute(
        "SELECT sum(total), sum(available), count(*) FROM stock WHERE product_id = %s", [product_id]
    ).fetchone()
    before, available, slots = row or (0, 0, 0)
    _lay_out(connection, product_id, spread(available + units, max(slots, slots_for(before + units))))
    journal.restocked(connection, product_id, units)


def total(connection: Connection, product_id: UUID) -> int:
    """Return how many units a product has: available, held and sold."""
    row = connection.execute("SELECT sum(total) FROM stock WHERE product_id = %s", [product_id]).fetchone()
    return int(row[0]) if row and row[0] is not None else 0


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


def _lay_out(connection: Connection, product_id: UUID, shares: list[int]) -> None:
    """Have so many units available in each slot, whatever else the slot's total counts."""
    connection.execute(
        "INSERT INTO stock (product_id, slot, total, available)"
        " SELECT %(product_id)s, slot - 1, units, units"
        " FROM unnest(%(shares)s::integer[]) WITH ORDINALITY AS share (units, slot)"
        " ON CONFLICT (product_id, slot) DO UPDATE"
        " SET total = stock.total - stock.available + excluded.available, available = excluded.available",
        {"product_id": product_id, "shares": shares},
    )
