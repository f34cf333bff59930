"""The table of reservations, and the calls of the database functions that change it (`functions/*.sql`)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import args_row, class_row

from chalicelib.db import journal

QUANTITY_MAX = 100  # units of one reservation
EXTENSION_MARGIN = timedelta(seconds=30)  # before the lapse; a quarter of a short hold


class ReservationStatus(StrEnum):
    """The status of a reservation. `chalicelib.lifecycle` has the diagram."""

    ACTIVE = "ACTIVE"  # holds its units until expires_at; becomes one of the three below
    COMPLETED = "COMPLETED"  # paid before the lapse; final
    CANCELLED = "CANCELLED"  # cancelled by the shopper before the lapse; final
    EXPIRED = "EXPIRED"  # lapsed; final


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reservation as it reads now: a row of the view `reservation_now`, whose columns have the same order.

    What can no longer be extended is read without `extendable_at`.
    """

    id: UUID
    product_id: UUID
    product_name: str
    shopper_id: UUID
    quantity: int
    unit_price: Decimal
    status: str  # a ReservationStatus
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None  # equals expires_at if EXPIRED
    extensions_left: int
    replaces: UUID | None  # the lapsed reservation that a late payment was for
    extendable_at: datetime | None = None  # from then on the hold can be extended; None unless ACTIVE


@dataclass(frozen=True, slots=True)
class ReserveRequest:
    """A shopper's request to reserve units of a product."""

    product_id: UUID
    quantity: int
    shopper_id: UUID
    key: str | None = None  # the idempotency key


@dataclass(frozen=True, slots=True)
class ReservePolicy:
    """The limits of every reserve. None is no limit. Times are in seconds."""

    hold_seconds: int  # applies if the product has no hold length
    max_extensions: int = 0
    max_active_holds: int | None = None
    lapses_before_cooldown: int | None = None
    cooldown_seconds: int = 0


@dataclass(frozen=True, slots=True)
class ReserveResult:
    """The result of the database function `reserve`. `functions/reserve.sql` lists the outcomes."""

    outcome: str
    refusal: dict[str, Any] | None
    reservation: Reservation


@dataclass(frozen=True, slots=True)
class ExtendResult:
    """The result of the database function `extend_hold`: the reservation as it reads afterwards.

    Times are in seconds.
    """

    seconds_left: float | None  # until the new lapse; None: the hold was not extended
    seconds_to_wait: float | None  # until the hold can be extended; None unless ACTIVE
    others_wait: bool  # for the product
    reservation: Reservation


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list: at most `limit` reservations after the cursor, of one status or of all."""

    limit: int
    status: str | None = None
    after: tuple[datetime, UUID] | None = None

    def parameters(self) -> dict[str, object]:
        """Return the values of a query: status, created_at and last_id of the cursor, limit."""
        created_at, last_id = self.after or (None, None)
        return {"status": self.status, "created_at": created_at, "last_id": last_id, "limit": self.limit}


def reserve(connection: Connection, request: ReserveRequest, policy: ReservePolicy) -> ReserveResult:
    """Reserve units of a product, in one call to the database."""
    row = connection.execute(
        "SELECT outcome, refusal, (reservation).* FROM reserve(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            request.product_id,
            request.quantity,
            request.shopper_id,
            request.key,
            policy.hold_seconds,
            policy.max_extensions,
            policy.max_active_holds,
            policy.lapses_before_cooldown,
            policy.cooldown_seconds,
        ],
    ).fetchone()
    assert row is not None  # noqa: S101 - a function with OUT parameters returns one row
    outcome, refusal, reservation = row[0], row[1], Reservation(*row[2:])
    match outcome:
        case "reserved":
            reservation = replace(reservation, extendable_at=_extendable_at_first(reservation))
        case "replayed":
            extendable_at = refusal["extendable_at"]
            reservation = replace(
                reservation, extendable_at=datetime.fromisoformat(extendable_at) if extendable_at else None
            )
    return ReserveResult(outcome, refusal, reservation)


def _extendable_at_first(made: Reservation) -> datetime:
    """Return when a new hold can be extended: the rule of `functions/extendable_at.sql`, which a test compares."""
    return made.expires_at - min(EXTENSION_MARGIN, (made.expires_at - made.created_at) / 4)


def complete(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Reservation | None:
    """ACTIVE → COMPLETED if the hold has not lapsed. Return the reservation as it reads afterwards, or None."""
    return _transition(connection, "SELECT * FROM complete_hold(%s, %s)", reservation_id, shopper_id)


def cancel(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Reservation | None:
    """ACTIVE → CANCELLED if the hold has not lapsed. Return the reservation as it reads afterwards, or None."""
    return _transition(connection, "SELECT * FROM cancel_hold(%s, %s)", reservation_id, shopper_id)


def extend(connection: Connection, reservation_id: UUID, shopper_id: UUID, longest_seconds: int) -> ExtendResult | None:
    """Extend a running hold by its original length, at most until `longest_seconds` after its creation.

    Returns None if the shopper has no such reservation.
    """
    statement = """
        SELECT seconds_left, extract(epoch FROM extendable_at(reservation) - instant_now())::double precision,
               somebody_waits((reservation).product_id), (reservation).*, extendable_at(reservation)
        FROM extend_hold(%s, %s, %s)
    """
    row = connection.execute(statement, [reservation_id, shopper_id, longest_seconds]).fetchone()
    return ExtendResult(row[0], row[1], row[2], Reservation(*row[3:])) if row else None


def expire(connection: Connection, reservation_id: UUID, *, wait: bool = True) -> tuple[str, float | None]:
    """ACTIVE → EXPIRED if the hold has lapsed. Return "expired", "running" with the seconds left, or "ended".

    If `wait` is false, a lock held by another transaction is an error at once.
    """
    row = connection.execute("SELECT outcome, seconds_left FROM expire_hold(%s, %s)", [reservation_id, wait]).fetchone()
    assert row is not None  # noqa: S101 - a function with OUT parameters returns one row
    return row[0], row[1]


def slots_with_lapsed_holds(connection: Connection) -> list[tuple[UUID, int]]:
    """Return the slots that may have lapsed holds, ordered by product."""
    return connection.execute("""
        SELECT product_id, slot FROM stock
        WHERE first_lapse_at BETWEEN '-infinity'::timestamptz AND instant_of_statement() OR EXISTS (
            SELECT FROM reservations
            WHERE reservations.product_id = stock.product_id AND reservations.slot = stock.slot
              AND status = 'ACTIVE' AND expires_at <= instant_of_statement()
        )
        ORDER BY product_id, slot
    """).fetchall()


def sweep_slot(connection: Connection, product_id: UUID, slot: int, limit: int) -> list[UUID]:
    """ACTIVE → EXPIRED for at most `limit` lapsed holds of a slot. Return their ids."""
    row = connection.execute("SELECT sweep_slot(%s, %s::smallint, %s)", [product_id, slot, limit]).fetchone()
    return list(row[0]) if row else []


def find(connection: Connection, reservation_id: UUID, shopper_id: UUID) -> Reservation | None:
    """Return a shopper's reservation, or None if there is none or it belongs to another shopper."""
    statement = "SELECT *, extendable_at(r) FROM reservation_now AS r WHERE id = %s AND shopper_id = %s"
    return _transition(connection, statement, reservation_id, shopper_id)


def find_timeline(connection: Connection, reservation_id: UUID) -> list[journal.TimelineEntry]:
    """Return the timeline of a reservation, oldest event first.

    RESERVED comes from the reservation's own row, LAPSED from the clock, all other events from the journal.
    """
    statement = """
        SELECT at, event, by FROM (
            SELECT created_at AS at, 'RESERVED' AS event, 0 AS id, 1 AS place, CASE
                WHEN EXISTS (SELECT FROM waiters WHERE reservation_id = %(id)s) THEN 'waiting-list' ELSE 'shopper'
            END AS by
            FROM reservations WHERE id = %(id)s
            UNION ALL
            SELECT at, event::text, id, CASE event WHEN 'EXTENDED' THEN 2 ELSE 4 END, by
            FROM journal WHERE reservation_id = %(id)s AND event <> 'RESERVED'
            UNION ALL
            SELECT expires_at, 'LAPSED', 0, 3, 'clock' FROM reservation_now WHERE id = %(id)s AND status = 'EXPIRED'
        ) AS entries
        ORDER BY place, at, id
    """
    cursor = connection.cursor(row_factory=class_row(journal.TimelineEntry))
    return cursor.execute(statement, {"id": reservation_id}).fetchall()


def list_page(connection: Connection, shopper_id: UUID, page: Page) -> list[Reservation]:
    """Return a page of a shopper's reservations, newest first."""
    statement = """
        SELECT *, extendable_at(r) FROM reservation_now AS r
        WHERE shopper_id = %(shopper_id)s
          AND (%(status)s::reservation_status IS NULL OR status = %(status)s)
          AND (%(last_id)s::uuid IS NULL OR (created_at, id) < (%(created_at)s, %(last_id)s))
        ORDER BY created_at DESC, id DESC LIMIT %(limit)s
    """
    given = {"shopper_id": shopper_id, **page.parameters()}
    return connection.cursor(row_factory=args_row(Reservation)).execute(statement, given).fetchall()


def _transition(connection: Connection, statement: str, reservation_id: UUID, shopper_id: UUID) -> Reservation | None:
    cursor = connection.cursor(row_factory=args_row(Reservation))
    return cursor.execute(statement, [reservation_id, shopper_id]).fetchone()
