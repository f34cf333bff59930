"""The locks that Python takes. Database functions take all others; `functions/locks.sql` defines the lock order."""

from uuid import UUID

from psycopg import Connection

from chalicelib.db.connection import require_transaction


def product(connection: Connection, product_id: UUID) -> bool:
    """Wait for other admin changes of a product; return whether there is such a product.

    The first lock in the lock order. Reserves do not take it.
    """
    require_transaction(connection)
    statement = "SELECT FROM products WHERE id = %s FOR NO KEY UPDATE"
    return connection.execute(statement, [product_id]).rowcount == 1


def publication(connection: Connection, bus: str) -> tuple[str, int] | None:
    """Lock the cursor of a bus and return its transaction and id; None if another publisher has locked it.

    Never taken together with other locks.
    """
    require_transaction(connection)
    query = "SELECT transaction::text, id FROM publications WHERE bus = %s FOR UPDATE SKIP LOCKED"
    return connection.execute(query, [bus]).fetchone()
