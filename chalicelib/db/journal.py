"""SQL about the journal. Triggers of the schema write what becomes of reservations; only restocks are written here."""

from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from chalicelib.api.admin_schemas import Audit
from chalicelib.db.connection import require_transaction

# What a reservation, as it reads now, went through, oldest first. Its beginning is told by its own row, which spares
# the journal an index of beginnings; that its hold lapsed is told by the clock, and stands before whoever took the
# units back. To be joined to `reservation`, in its one snapshot.
TIMELINE = """
    LATERAL (
        SELECT json_agg(json_build_object('at', at, 'event', event, 'by', by) ORDER BY place, at, id) AS timeline
        FROM (
            SELECT reservation.created_at AS at, 'RESERVED' AS event, 'shopper' AS by, 0 AS id, 1 AS place
            UNION ALL
            SELECT at, event::text, by, id, CASE event WHEN 'EXTENDED' THEN 2 ELSE 4 END
            FROM journal WHERE reservation_id = reservation.id AND event <> 'RESERVED'
            UNION ALL
            SELECT reservation.expires_at, 'LAPSED', 'clock', 0, 3 WHERE reservation.status = 'EXPIRED'
        ) AS entries
    )
"""

# One statement and so one look at everything: what goes on meanwhile can't make it differ.
_AUDIT = """
    SELECT stock.product_id, stock.name, stock.total, stock.available, stock.held, stock.sold, stock.balanced,
           told.journal,
           (stock.total, stock.available, stock.held, stock.sold)
               = (told.total, told.available, told.held, told.sold) AS journal_agrees
    FROM stock_balance AS stock
    LEFT JOIN journal_balance AS entries ON entries.product_id = stock.product_id
    CROSS JOIN LATERAL (
        SELECT total, available, held, sold,
               json_build_object('total', total, 'available', available, 'held', held, 'sold', sold) AS journal
        FROM (
            SELECT coalesce(entries.total, 0) AS total, coalesce(entries.available, 0) AS available,
                   coalesce(entries.held, 0) AS held, coalesce(entries.sold, 0) AS sold
        ) AS counted
    ) AS told
    ORDER BY stock.name, stock.product_id
"""


def restocked(connection: Connection, product_id: UUID, units: int) -> None:
    """Enter units that were added to a product's stock, or taken out where negative, by the transaction under way."""
    require_transaction(connection)
    if units:
        connection.execute(
            "INSERT INTO journal (at, event, product_id, quantity, by)"
            " VALUES (instant_now(), 'RESTOCKED', %s, %s, 'admin')",
            [product_id, units],
        )


def audit(connection: Connection) -> list[Audit]:
    """Return, by name, each product's units as its rows and as the journal have them.

    Reads every reservation that holds or has sold units, and the whole journal: on two cores, some 0.13 s for 100,000
    reservations. Where that takes longer than a statement may, the database ends it, and `Database.run` raises Busy.
    """
    return connection.cursor(row_factory=class_row(Audit)).execute(_AUDIT).fetchall()
