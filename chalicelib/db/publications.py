"""SQL about how far the journal has been sent to an event bus, one function per statement."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from chalicelib.db.connection import require_transaction


class Cursor(NamedTuple):
    """Where an entry stands in the journal."""

    transaction: str  # a 64-bit transaction number, which the driver gives as text
    id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What the journal says of one transition; `reservation_id` is None where stock was added or taken out."""

    transaction: str
    id: int
    at: datetime
    event: str
    product_id: UUID
    reservation_id: UUID | None
    quantity: int
    by: str

    @property
    def cursor(self) -> Cursor:
        """Return where this entry stands."""
        return Cursor(self.transaction, self.id)


def begin(connection: Connection, bus: str) -> None:
    """Let a bus that is new start with whatever is not yet committed now; another stays where it is."""
    connection.execute(
        "INSERT INTO publications (bus, transaction, id)"
        " VALUES (%s, pg_snapshot_xmin(pg_current_snapshot()), 0) ON CONFLICT DO NOTHING",
        [bus],
    )


def lock(connection: Connection, bus: str) -> Cursor | None:
    """Lock a bus's cursor until the transaction ends and return it; None if another publisher has it."""
    require_transaction(connection)
    query = "SELECT transaction::text, id FROM publications WHERE bus = %s FOR UPDATE SKIP LOCKED"
    row = connection.execute(query, [bus]).fetchone()
    return Cursor(*row) if row else None


def entries_after(connection: Connection, cursor: Cursor, limit: int) -> list[Entry]:
    """Return the journal's next entries, oldest transaction first.

    Only those of transactions older than every running one: what may yet commit comes after all that is returned.
    """
    with connection.cursor(row_factory=class_row(Entry)) as rows:
        return rows.execute(
            "SELECT transaction::text, id, at, event::text, product_id, reservation_id, quantity, by FROM journal"
            " WHERE (transaction, id) > (%s::xid8, %s) AND transaction < pg_snapshot_xmin(pg_current_snapshot())"
            " ORDER BY journal.transaction, id LIMIT %s",  # as numbers, unlike what is selected
            [*cursor, limit],
        ).fetchall()


def advance(connection: Connection, bus: str, cursor: Cursor) -> None:
    """Note that everything up to and including `cursor` has been sent; the cursor must be locked."""
    connection.execute("UPDATE publications SET transaction = %s::xid8, id = %s WHERE bus = %s", [*cursor, bus])
