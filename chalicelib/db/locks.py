"""The locks that Python takes itself. Database functions take all others; `functions/locks.sql` has the one order."""

from uuid import UUID

from psycopg import Connection

from chalicelib.db.connection import require_transaction


def product(connection: Connection, product_id: UUID) -> bool:
    """Wait for other admin changes of a product; return whether there is such a product. The first lock of all.

    Reserves do not wait for it.
    """
    require_transaction(connection)
    statement = "SELECT FROM products WHERE id = %s FOR NO KEY UPDATE"
    return connection.execute(statement, [product_id]).rowcount == 1


def publication(connection: Connection, bus: str) -> tuple[str, int] | None:
    """Lock how far a bus has been told, and return it as transaction and id; None if another publisher has the lock.

    Taken alone.
    """
    require_transaction(connection)
    query = "SELECT transaction::text, id FROM publications WHERE bus = %s FOR UPDATE SKIP LOCKED"
    return connection.execute(query, [bus]).fetchone()
