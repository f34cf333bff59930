"""The waiting lists of products, and the calls of the database functions that change them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg import Connection, sql
from psycopg.rows import args_row

from chalicelib.db.reservations import ReservePolicy

SHOWN_MAX = 50  # entries of a shopper, the newest


class WaiterStatus(StrEnum):
    """The status of an entry."""

    WAITING = "WAITING"  # becomes one of the three below, which are final
    OFFERED = "OFFERED"  # got a hold
    LEFT = "LEFT"  # the shopper left
    PASSED_OVER = "PASSED_OVER"  # could not be served when it was its turn


@dataclass(frozen=True, slots=True)
class Waiter:
    """An entry in a waiting list as it reads now, by the view `waiter_now`."""

    id: UUID
    product_id: UUID
    product_name: str
    quantity: int
    status: str  # a WaiterStatus
    reason: str | None  # why it was passed over
    position: int | None  # from 1; None unless WAITING
    created_at: datetime
    ended_at: datetime | None  # when it left WAITING
    reservation_id: UUID | None  # the hold of an OFFERED entry
    earliest_offer_at: datetime | None


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """A shopper's request to wait for units of a product."""

    product_id: UUID
    shopper_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True)
class ListPolicy:
    """The limits of every waiting list. The offer is a hold under the same policy as every reserve."""

    max_waiters: int
    offer_seconds: int | None  # None: the product's hold length
    reserve: ReservePolicy


@dataclass(frozen=True, slots=True)
class JoinResult:
    """The result of the database function `join_list`, whose file lists the outcomes."""

    outcome: str
    refusal: dict[str, Any] | None
    waiter: Waiter


_COLUMNS = sql.SQL("""
    (waiter).id, (waiter).product_id, (waiter).product_name, (waiter).quantity, (waiter).status, (waiter).reason,
    (waiter).position, (waiter).created_at, (waiter).ended_at, (waiter).reservation_id,
    return_of_units((waiter).product_id, (waiter).units_in_line::bigint)
""")


def join(connection: Connection, request: JoinRequest, policy: ListPolicy) -> JoinResult:
    """Join the waiting list of a product, in one call to the database."""
    statement = sql.SQL("SELECT outcome, refusal, {} FROM join_list(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)")
    row = connection.execute(
        statement.format(_COLUMNS),
        [
            request.product_id,
            request.shopper_id,
            request.quantity,
            policy.max_waiters,
            policy.offer_seconds,
            policy.reserve.hold_seconds,
            policy.reserve.max_extensions,
            policy.reserve.max_active_holds,
            policy.reserve.lapses_before_cooldown,
            policy.reserve.cooldown_seconds,
        ],
    ).fetchone()
    assert row is not None  # noqa: S101 - a function with OUT parameters returns one row
    return JoinResult(row[0], row[1], Waiter(*row[2:]))


def leave(connection: Connection, waiter_id: UUID, shopper_id: UUID) -> Waiter | None:
    """WAITING → LEFT. Return the entry as it reads afterwards, or None if the shopper has no such entry."""
    statement = sql.SQL("SELECT {} FROM leave_list(%s, %s) AS waiter").format(_COLUMNS)
    return connection.cursor(row_factory=args_row(Waiter)).execute(statement, [waiter_id, shopper_id]).fetchone()


def list_newest(connection: Connection, shopper_id: UUID) -> list[Waiter]:
    """Return a shopper's entries, newest first, at most SHOWN_MAX."""
    statement = sql.SQL(
        "SELECT {} FROM waiter_now AS waiter WHERE shopper_id = %s ORDER BY created_at DESC, id LIMIT %s"
    ).format(_COLUMNS)
    return connection.cursor(row_factory=args_row(Waiter)).execute(statement, [shopper_id, SHOWN_MAX]).fetchall()


def awaited_products(connection: Connection) -> list[UUID]:
    """Return the products that somebody waits for."""
    return [row[0] for row in connection.execute("SELECT DISTINCT product_id FROM waiters WHERE status = 'WAITING'")]


def wait_until(connection: Connection, product_id: UUID, instant: datetime) -> bool:
    """Return whether somebody waits for a product and the instant is in the future.

    Until the end of the transaction nobody else joins the product's list.
    """
    row = connection.execute("SELECT lock_waiting_list(%s) AND %s > instant_now()", [product_id, instant]).fetchone()
    return row == (True,)


def serve(connection: Connection, product_id: UUID) -> None:
    """Hand the units of a product that are in stock over to those who wait for them."""
    connection.execute("SELECT serve_waiters(%s)", [product_id])
