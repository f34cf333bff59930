"""SQL that takes a hold: one statement, one round trip, for whatever a shopper may be limited by."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from psycopg import Connection
from psycopg.errors import UniqueViolation
from psycopg.rows import class_row

from chalicelib.api.schemas import ANONYMOUS, Reservation


@dataclass(frozen=True, slots=True)
class Wish:
    """What a shopper wants to reserve."""

    product_id: UUID
    quantity: int
    shopper_id: UUID
    key: str | None = None  # the idempotency key
    unit_price: Decimal | None = None  # where it was agreed before; else the product's
    replaces: UUID | None = None  # the lapsed reservation that this one stands in for


@dataclass(frozen=True, slots=True)
class Terms:
    """What every reserve is subject to; `None` is no limit. Times are in seconds."""

    hold_seconds: int  # where the product has no hold length of its own
    max_extensions: int = 0
    max_active_holds: int | None = None
    lapses_before_cooldown: int | None = None
    cooldown_seconds: int = 0


class KeyTaken(Exception):
    """Another request with the same idempotency key was quicker; what it reserved can be found now."""


# Take the units from a stock row that nobody else holds, and write the reservation. The clock is read when the row is
# locked. CTEs that lock or change rows run once, whatever the plan; the sub-selects decide before any row is locked.
_HOLD = """
    WITH free AS MATERIALIZED (
        SELECT slot FROM stock
        WHERE product_id = %(product_id)s AND available >= %(quantity)s AND (
            SELECT coalesce(sale_starts_at <= instant_of_statement(), true)
                   AND coalesce(sale_ends_at > instant_of_statement(), true)
                   AND {admitted}
            FROM products {standing} WHERE id = %(product_id)s
        ) {unless_replayed}
        ORDER BY random() LIMIT 1
        FOR UPDATE SKIP LOCKED
    ), taken AS (
        UPDATE stock SET available = stock.available - %(quantity)s
        FROM free WHERE stock.product_id = %(product_id)s AND stock.slot = free.slot
        RETURNING stock.product_id, stock.slot, instant_now() AS taken_at
    ), reservation AS (
        INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at,
                                  extensions_left, replaces)
        SELECT product.id, taken.slot, %(shopper_id)s, %(quantity)s,
               coalesce(%(unit_price)s::numeric, product.price), taken_at,
               taken_at + make_interval(secs => coalesce(product.hold_seconds, %(hold_seconds)s)),
               %(max_extensions)s, %(replaces)s::uuid
        FROM taken JOIN products AS product ON product.id = taken.product_id
        RETURNING *
    ) {remember_key}
    SELECT reservation.id, reservation.product_id, product.name AS product_name, reservation.quantity,
           reservation.unit_price, reservation.status, reservation.created_at, reservation.expires_at,
           NULL AS completed_at, NULL AS cancelled_at, NULL AS expired_at,
           reservation.extensions_left, reservation.replaces
    FROM reservation JOIN products AS product ON product.id = reservation.product_id
"""

# Nobody knows what else an anonymous caller has, so only this one reservation can be held against them.
_ANYONE = {"standing": "", "admitted": "coalesce(%(quantity)s <= max_per_shopper, true)"}
_A_SHOPPER = {
    "standing": "CROSS JOIN shopper_standing(%(shopper_id)s, %(product_id)s) AS standing",
    "admitted": """
        coalesce(standing.units + %(quantity)s <= max_per_shopper, true)
        AND coalesce(standing.active_holds < %(max_active_holds)s::integer, true)
        AND coalesce(standing.lapses < %(lapses_before_cooldown)s::integer
                     OR standing.last_lapse + make_interval(secs => %(cooldown_seconds)s) <= instant_now(), true)
    """,
}
_WITHOUT_KEY = {"unless_replayed": "", "remember_key": ""}
_WITH_KEY = {
    "unless_replayed": """
        AND NOT EXISTS (SELECT FROM idempotency_keys WHERE shopper_id = %(shopper_id)s AND key = %(key)s)
    """,
    "remember_key": """
        , remembered AS (
            INSERT INTO idempotency_keys (shopper_id, key, reservation_id, created_at)
            SELECT shopper_id, %(key)s, id, created_at FROM reservation
        )
    """,
}
_STATEMENTS = {
    (limited, keyed): _HOLD.format(**(_A_SHOPPER if limited else _ANYONE), **(_WITH_KEY if keyed else _WITHOUT_KEY))
    for limited in (False, True)
    for keyed in (False, True)
}


def hold(connection: Connection, wish: Wish, terms: Terms) -> Reservation | None:
    """Reserve from any stock row that has enough and is not locked; return None if there is none or it may not be.

    Raises KeyTaken.
    """
    statement = _STATEMENTS[wish.shopper_id != ANONYMOUS, wish.key is not None]
    cursor = connection.cursor(row_factory=class_row(Reservation))
    try:
        return cursor.execute(statement, _parameters(wish, terms)).fetchone()
    except UniqueViolation as error:
        if error.diag.table_name == "idempotency_keys":
            raise KeyTaken from error
        raise


def _parameters(wish: Wish, terms: Terms) -> dict[str, object]:
    return {
        "product_id": wish.product_id,
        "quantity": wish.quantity,
        "shopper_id": wish.shopper_id,
        "key": wish.key,
        "unit_price": wish.unit_price,
        "replaces": wish.replaces,
        "hold_seconds": terms.hold_seconds,
        "max_extensions": terms.max_extensions,
        "max_active_holds": terms.max_active_holds,
        "lapses_before_cooldown": terms.lapses_before_cooldown,
        "cooldown_seconds": terms.cooldown_seconds,
    }
