"""SQL about reservations, one function per statement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from psycopg import Connection, Cursor
from psycopg.rows import class_row

from chalicelib.api.schemas import Reservation, ReservationDetails, ReservationStatus
from chalicelib.db.connection import require_transaction
from chalicelib.db.journal import TIMELINE

# A reservation as it reads now: a lapsed hold is EXPIRED, whether or not anything has tidied it up.
_SELECT = """
    SELECT
        reservation.id, reservation.product_id, product.name AS product_name, reservation.quantity,
        reservation.unit_price, state.status, reservation.created_at, reservation.expires_at,
        CASE WHEN state.status = 'COMPLETED' THEN reservation.ended_at END AS completed_at,
        CASE WHEN state.status = 'CANCELLED' THEN reservation.ended_at END AS cancelled_at,
        CASE WHEN state.status = 'EXPIRED' THEN reservation.expires_at END AS expired_at,
        CASE WHEN state.status = 'ACTIVE' THEN reservation.extensions_left ELSE 0 END AS extensions_left,
        reservation.replaces
    FROM reservations AS reservation
    JOIN products AS product ON product.id = reservation.product_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN reservation.status = 'ACTIVE' AND reservation.expires_at <= instant_of_statement()
                    THEN 'EXPIRED' ELSE reservation.status END AS status
    ) AS state
"""

_WITH_TIMELINE = f"""
    SELECT reservation.*, story.timeline
    FROM ({_SELECT} WHERE reservation.id = %s AND reservation.shopper_id = %s) AS reservation
    CROSS JOIN {TIMELINE} AS story
"""  # noqa: S608 - put together from constants alone

_LAPSED = """
    WITH lapsed AS MATERIALIZED (
        SELECT id FROM reservations
        WHERE product_id = %(product_id)s AND status = 'ACTIVE' AND expires_at <= instant_of_statement()
        ORDER BY expires_at, id LIMIT %(limit)s
        FOR NO KEY UPDATE
"""
_EXPIRE = """
    )
    UPDATE reservations SET status = 'EXPIRED', ended_at = instant_now(), ended_by = %(by)s
    FROM lapsed WHERE reservations.id = lapsed.id
    RETURNING reservations.id, product_id, slot, quantity
"""
_EXPIRE_LAPSED = _LAPSED + _EXPIRE
_EXPIRE_LAPSED_UNLOCKED = _LAPSED + "SKIP LOCKED" + _EXPIRE


@dataclass(frozen=True, slots=True)
class Ended:
    """A hold that has just ended without a sale: the units to give back, and where."""

    id: UUID
    product_id: UUID
    slot: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Page:
    """Which reservations to list: `limit` of those older than the cursor, of one status or of all."""

    limit: int
    status: ReservationStatus | None = None
    after: tuple[datetime, UUID] | None = None


def find(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Reservation | None:
    """Return a shopper's reservation, or None if there is no such one or it is another's."""
    cursor = connection.cursor(row_factory=class_row(Reservation))
    return cursor.execute(
        _SELECT + " WHERE reservation.id = %s AND reservation.shopper_id = %s", [reservation_id, shopper_id]
    ).fetchone()


def find_with_timeline(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> ReservationDetails | None:
    """Return a shopper's reservation and what it went through, or None if there is no such one or it is another's."""
    cursor = connection.cursor(row_factory=class_row(ReservationDetails))
    return cursor.execute(_WITH_TIMELINE, [reservation_id, shopper_id]).fetchone()


def list_page(connection: Connection, shopper_id: UUID, page: Page) -> list[Reservation]:
    """Return a page of a shopper's reservations, newest first."""
    condition = "WHERE reservation.shopper_id = %(shopper_id)s"
    if page.status:
        condition += " AND state.status = %(status)s"
    if page.after:
        condition += " AND (reservation.created_at, reservation.id) < (%(created_at)s, %(id)s)"
    created_at, last_id = page.after or (None, None)
    cursor = connection.cursor(row_factory=class_row(Reservation))
    return cursor.execute(
        _SELECT + condition + " ORDER BY reservation.created_at DESC, reservation.id DESC LIMIT %(limit)s",
        {"shopper_id": shopper_id, "status": page.status, "created_at": created_at, "id": last_id, "limit": page.limit},
    ).fetchall()


def lock(connection: Connection, reservation_id: UUID) -> None:
    """Lock a reservation, so that the next statement's clock is read after the wait.

    Not against the payments that refer to it: they change nothing of it, and have other locks when they come to it.
    """
    require_transaction(connection)
    connection.execute("SELECT FROM reservations WHERE id = %s FOR NO KEY UPDATE", [reservation_id])


def complete(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> bool:
    """ACTIVE → COMPLETED, if it is the shopper's, locked, and its hold has not lapsed; return whether it was."""
    statement = """
        UPDATE reservations SET status = 'COMPLETED', ended_at = clock.now, ended_by = 'shopper'
        FROM (SELECT instant_now() AS now) AS clock
        WHERE id = %s AND shopper_id = %s AND status = 'ACTIVE' AND clock.now < expires_at
    """
    return connection.execute(statement, [reservation_id, shopper_id]).rowcount == 1


def cancel(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Ended | None:
    """ACTIVE → CANCELLED, if it is the shopper's, locked, and its hold has not lapsed; its units are to be restored."""
    require_transaction(connection)
    statement = """
        UPDATE reservations SET status = 'CANCELLED', ended_at = clock.now, ended_by = 'shopper'
        FROM (SELECT instant_now() AS now) AS clock
        WHERE id = %s AND shopper_id = %s AND status = 'ACTIVE' AND clock.now < expires_at
        RETURNING id, product_id, slot, quantity
    """
    return _ends(connection).execute(statement, [reservation_id, shopper_id]).fetchone()


def expire(connection: Connection, reservation_id: UUID) -> Ended | None:
    """ACTIVE → EXPIRED on behalf of a message, if its hold has lapsed; its units are to be restored.

    Needs no lock before: a wait can only make a lapsed hold more lapsed.
    """
    require_transaction(connection)
    statement = """
        UPDATE reservations SET status = 'EXPIRED', ended_at = clock.now, ended_by = 'message'
        FROM (SELECT instant_now() AS now) AS clock
        WHERE id = %s AND status = 'ACTIVE' AND expires_at <= clock.now
        RETURNING id, product_id, slot, quantity
    """
    return _ends(connection).execute(statement, [reservation_id]).fetchone()


def expire_lapsed(connection: Connection, product_id: UUID, limit: int, by: Literal["sweep", "reclaim"]) -> list[Ended]:
    """ACTIVE → EXPIRED for at most `limit` lapsed holds of a product, oldest first; their units are to be restored.

    The sweep passes over holds that others are working on. A reclaim waits for them: their units are about to be
    free, and a shopper must not be refused meanwhile.
    """
    require_transaction(connection)
    statement = _EXPIRE_LAPSED_UNLOCKED if by == "sweep" else _EXPIRE_LAPSED
    return _ends(connection).execute(statement, {"product_id": product_id, "limit": limit, "by": by}).fetchall()


def extend(connection: Connection, reservation_id: UUID, shopper_id: UUID, longest_seconds: int) -> float | None:
    """Make an ACTIVE hold longer by its own length, if it is the shopper's, locked, unlapsed and may be extended.

    At most until `longest_seconds` after its creation. Return the seconds it has now to run; None if nothing changed.
    """
    require_transaction(connection)
    statement = """
        UPDATE reservations
        SET extensions = extensions + 1, extensions_left = extensions_left - 1, expires_at = longer.until
        FROM (
            SELECT instant_now() AS now, least(
                expires_at + (expires_at - created_at) / (extensions + 1),
                created_at + make_interval(secs => %(longest_seconds)s)
            ) AS until
            FROM reservations WHERE id = %(id)s
        ) AS longer
        WHERE id = %(id)s AND shopper_id = %(shopper_id)s AND status = 'ACTIVE' AND longer.now < expires_at
          AND extensions_left > 0 AND longer.until > expires_at
        RETURNING extract(epoch FROM expires_at - longer.now)::float8
    """
    given = {"id": reservation_id, "shopper_id": shopper_id, "longest_seconds": longest_seconds}
    row = connection.execute(statement, given).fetchone()
    return row[0] if row else None


def seconds_to_lapse(connection: Connection, reservation_id: UUID) -> float | None:
    """Return how long an ACTIVE reservation's hold has still to run, or None if it is not ACTIVE or not there."""
    row = connection.execute(
        "SELECT extract(epoch FROM expires_at - instant_now())::float8"
        " FROM reservations WHERE id = %s AND status = 'ACTIVE'",
        [reservation_id],
    ).fetchone()
    return row[0] if row else None


def _ends(connection: Connection) -> Cursor[Ended]:
    return connection.cursor(row_factory=class_row(Ended))
