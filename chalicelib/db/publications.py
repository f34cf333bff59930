"""How far the journal has been sent to each event bus."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

# Ids follow the order of transactions but for those drawn while a transaction ran, at most 5 s (statement_timeout).
ID_SLACK = 100_000


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
    """Let a new bus start with whatever is not yet committed; leave another where it is."""
    connection.execute("SELECT begin_publication(%s)", [bus])


def position(connection: Connection, bus: str) -> Cursor:
    """Return how far a bus has been told."""
    row = connection.execute("SELECT transaction::text, id FROM publications WHERE bus = %s", [bus]).fetchone()
    assert row is not None  # noqa: S101 - `begin` has made it
    return Cursor(*row)


def entries_after(connection: Connection, bus: str, cursor: Cursor, limit: int) -> list[Entry]:
    """Return the journal's next entries for a bus, oldest transaction first.

    Only those of transactions older than every running one: what may yet commit comes after all that is returned.
    """
    given = {"bus": bus, "transaction": cursor.transaction, "id": cursor.id, "slack": ID_SLACK, "limit": limit}
    with connection.cursor(row_factory=class_row(Entry)) as rows:
        return rows.execute(
            "SELECT entry.transaction::text, id, at, event::text, product_id, reservation_id, quantity, by"
            " FROM journal_entries AS entry"
            " WHERE (transaction, id) > (%(transaction)s::xid8, %(id)s)"
            " AND transaction < pg_snapshot_xmin(pg_current_snapshot()) AND id > %(id)s - %(slack)s"
            " AND id > (SELECT after_id FROM publications WHERE bus = %(bus)s)"
            " ORDER BY entry.transaction, id LIMIT %(limit)s",  # as numbers, unlike what is selected
            given,
        ).fetchall()


def advance(connection: Connection, bus: str, cursor: Cursor) -> None:
    """Note that everything up to and including `cursor` has been sent; the cursor must be locked."""
    connection.execute("UPDATE publications SET transaction = %s::xid8, id = %s WHERE bus = %s", [*cursor, bus])
