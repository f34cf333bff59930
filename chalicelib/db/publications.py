"""The cursor of each event bus: the position in the journal up to which entries have been sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

# Ids follow the order of transactions, except for ids drawn while another transaction runs, at most 5 s.
ID_SLACK = 100_000


class Cursor(NamedTuple):
    """The position of an entry in the journal."""

    transaction: str  # a 64-bit transaction number; the driver returns it as text
    id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal entry: a transition of a reservation or of a waiter, or a restock if it names neither."""

    transaction: str
    id: int
    at: datetime
    event: str
    product_id: UUID
    reservation_id: UUID | None
    quantity: int
    by: str
    waiter_id: UUID | None
    offered_id: UUID | None  # the reservation that an OFFERED entry tells of

    @property
    def cursor(self) -> Cursor:
        """Return the position of this entry."""
        return Cursor(self.transaction, self.id)


def begin(connection: Connection, bus: str) -> None:
    """Let a new bus start with the entries that are not yet committed. Leave the cursor of a known bus as it is."""
    connection.execute("SELECT begin_publication(%s)", [bus])


def position(connection: Connection, bus: str) -> Cursor:
    """Return the position up to which entries have been sent to a bus."""
    row = connection.execute("SELECT transaction::text, id FROM publications WHERE bus = %s", [bus]).fetchone()
    assert row is not None  # noqa: S101 - `begin` has made it
    return Cursor(*row)


def entries_after(connection: Connection, bus: str, cursor: Cursor, limit: int) -> list[Entry]:
    """Return the journal's next entries for a bus, oldest transaction first.

    Returns only entries of transactions older than every running one. An entry that commits later therefore comes after
    all entries returned.
    """
    given = {"bus": bus, "transaction": cursor.transaction, "id": cursor.id, "slack": ID_SLACK, "limit": limit}
    with connection.cursor(row_factory=class_row(Entry)) as rows:
        return rows.execute(
            "SELECT entry.transaction::text, id, at, event::text, product_id, reservation_id, quantity, by, waiter_id,"
            " (SELECT waiter.reservation_id FROM waiters AS waiter"
            " WHERE waiter.id = waiter_id AND event = 'OFFERED') AS offered_id"
            " FROM journal_entries AS entry"
            " WHERE (transaction, id) > (%(transaction)s::xid8, %(id)s)"
            " AND transaction < pg_snapshot_xmin(pg_current_snapshot()) AND id > %(id)s - %(slack)s"
            " AND id > (SELECT after_id FROM publications WHERE bus = %(bus)s)"
            " ORDER BY entry.transaction, id LIMIT %(limit)s",  # as numbers, unlike what is selected
            given,
        ).fetchall()


def advance(connection: Connection, bus: str, cursor: Cursor) -> None:
    """Record that all entries up to `cursor` have been sent. The caller has locked the bus's cursor."""
    connection.execute("UPDATE publications SET transaction = %s::xid8, id = %s WHERE bus = %s", [*cursor, bus])
