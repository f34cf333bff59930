"""What the version before this one sends to the database: it knows nothing of functions, first lapses or slot counts.

Its statements are kept as they were, apart from limits and idempotency keys, which change no units.
"""

from uuid import UUID

from psycopg import Connection

# The first version's too: it had neither extensions nor a journal, and both have defaults.
_HOLD = """
    WITH free AS MATERIALIZED (
        SELECT slot FROM stock WHERE product_id = %(product_id)s AND available >= %(quantity)s
        ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED
    ), taken AS (
        UPDATE stock SET available = stock.available - %(quantity)s
        FROM free WHERE stock.product_id = %(product_id)s AND stock.slot = free.slot
        RETURNING stock.product_id, stock.slot, instant_now() AS taken_at
    )
    INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at)
    SELECT product.id, taken.slot, %(shopper_id)s, %(quantity)s, product.price, taken_at,
           taken_at + make_interval(secs => %(hold_seconds)s)
    FROM taken JOIN products AS product ON product.id = taken.product_id
    RETURNING id
"""
_END = """
    UPDATE reservations SET status = %(status)s, ended_at = clock.now, ended_by = 'shopper'
    FROM (SELECT instant_now() AS now) AS clock
    WHERE id = %(id)s AND status = 'ACTIVE' AND clock.now < expires_at
    RETURNING product_id, slot, quantity
"""
_EXPIRE = """
    UPDATE reservations SET status = 'EXPIRED', ended_at = clock.now, ended_by = 'message'
    FROM (SELECT instant_now() AS now) AS clock
    WHERE id = %(id)s AND status = 'ACTIVE' AND expires_at <= clock.now
    RETURNING product_id, slot, quantity
"""
_RESTORE = """
    UPDATE stock SET available = available + added.units, total = total + 0
    FROM unnest(%(slots)s::smallint[], %(units)s::integer[]) AS added (slot, units)
    WHERE stock.product_id = %(product_id)s AND stock.slot = added.slot
"""
_LAY_OUT = """
    INSERT INTO stock (product_id, slot, total, available)
    SELECT %(product_id)s, slot - 1, units, units
    FROM unnest(%(shares)s::integer[]) WITH ORDINALITY AS share (units, slot)
    ON CONFLICT (product_id, slot) DO UPDATE
    SET total = stock.total - stock.available + excluded.available, available = excluded.available
"""
_JOURNAL = """
    INSERT INTO journal (at, event, product_id, quantity, by)
    VALUES (instant_now(), 'RESTOCKED', %(product_id)s, %(units)s, 'admin')
"""


def hold(
    connection: Connection, product_id: UUID, shopper_id: UUID, quantity: int = 1, hold_seconds: float = 60
) -> UUID | None:
    """Reserve from a free slot; return the reservation's id, or None if no free slot has enough."""
    given = {"product_id": product_id, "shopper_id": shopper_id, "quantity": quantity, "hold_seconds": hold_seconds}
    row = connection.execute(_HOLD, given).fetchone()
    return row[0] if row else None


def complete(connection: Connection, reservation_id: UUID) -> bool:
    """Complete a hold; return whether it was still running."""
    with connection.transaction():
        _lock(connection, reservation_id)
        return connection.execute(_END, {"id": reservation_id, "status": "COMPLETED"}).rowcount == 1


def cancel(connection: Connection, reservation_id: UUID) -> bool:
    """Cancel a hold and give its units back; return whether it was still running."""
    with connection.transaction():
        _lock(connection, reservation_id)
        return _give_back(
            connection, connection.execute(_END, {"id": reservation_id, "status": "CANCELLED"}).fetchone()
        )


def expire(connection: Connection, reservation_id: UUID) -> bool:
    """Expire a hold and give its units back; return whether it had lapsed."""
    with connection.transaction():
        return _give_back(connection, connection.execute(_EXPIRE, {"id": reservation_id}).fetchone())


def restock(connection: Connection, product_id: UUID, units: int) -> None:
    """Add units and spread all that are available anew, over more slots if there are enough."""
    with connection.transaction():
        connection.execute("SELECT FROM products WHERE id = %s FOR NO KEY UPDATE", [product_id])
        rows = connection.execute(
            "SELECT total, available FROM stock WHERE product_id = %s ORDER BY slot FOR UPDATE", [product_id]
        ).fetchall()
        total, available = (sum(column) for column in zip(*rows, strict=True))
        slots = max(len(rows), min(32, (total + units) // 25))
        each, rest = divmod(available + units, slots)
        shares = [each + (slot < rest) for slot in range(slots)]
        connection.execute(_LAY_OUT, {"product_id": product_id, "shares": shares})
        connection.execute(_JOURNAL, {"product_id": product_id, "units": units})


def _lock(connection: Connection, reservation_id: UUID) -> None:
    connection.execute("SELECT FROM reservations WHERE id = %s FOR NO KEY UPDATE", [reservation_id])


def _give_back(connection: Connection, ended: tuple[UUID, int, int] | None) -> bool:
    if ended is None:
        return False
    product_id, slot, units = ended
    connection.execute(_RESTORE, {"product_id": product_id, "slots": [slot], "units": [units]})
    return True
