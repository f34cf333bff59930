"""The journal: each transition and each restock, recorded by the transaction that makes it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """An event in the life of a reservation."""

    at: datetime
    event: str
    by: str


@dataclass(frozen=True, slots=True)
class Balance:
    """A product's units: available, held and sold."""

    total: int
    available: int
    held: int  # includes lapsed holds whose units have not returned
    sold: int


@dataclass(frozen=True, slots=True)
class Audit:
    """A product's units, computed from the stock rows and reservations, and from the journal."""

    product_id: UUID
    name: str
    balanced: bool  # in each stock row, total = available + held + sold
    rows: Balance
    journal: Balance

    @property
    def journal_agrees(self) -> bool:
        """Whether the journal gives the same units as the rows."""
        return self.rows == self.journal


# One statement reads both in one snapshot, so concurrent changes can't make them differ.
_AUDIT = """
    SELECT stock.product_id, stock.name, stock.balanced, stock.total, stock.available, stock.held, stock.sold,
           coalesce(entries.total, 0), coalesce(entries.available, 0),
           coalesce(entries.held, 0), coalesce(entries.sold, 0)
    FROM stock_balance AS stock
    LEFT JOIN journal_balance AS entries ON entries.product_id = stock.product_id
    ORDER BY stock.name, stock.product_id
"""


def audit(connection: Connection) -> list[Audit]:
    """Return the units of each product, ordered by name.

    Reads every reservation and the whole journal. If that takes longer than statement_timeout, the database cancels it
    and `Database.run` raises Busy.
    """
    return [
        Audit(product_id, name, balanced, Balance(*units[:4]), Balance(*units[4:]))
        for product_id, name, balanced, *units in connection.execute(_AUDIT)
    ]
