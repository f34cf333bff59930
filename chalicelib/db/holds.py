"""Reservations of all shoppers, as operators see them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg import Connection, sql
from psycopg.rows import args_row

from chalicelib.db.reservations import Page, Reservation

BY_ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Listed:
    """A reservation as operators see it."""

    reservation: Reservation
    ended_by: str | None  # None: it is running, or no job has expired it yet
    currency: str


class Of(StrEnum):
    """What the listed reservations belong to."""

    SHOPPER = "made.shopper_id = %(id)s"
    RESERVATION = "made.id = %(id)s"
    PRODUCT = "made.product_id = %(id)s AND made.status = 'ACTIVE' AND made.expires_at > instant_of_statement()"
    """Running holds only: a product may have any number of reservations that have ended."""


def list_page(connection: Connection, which: Of, identifier: UUID, page: Page) -> list[Listed]:
    """Return a page of the reservations of a shopper or a product, or one reservation; newest first."""
    statement = sql.SQL("""
        SELECT made.ended_by, product.currency, now.*
        FROM reservations AS made
        JOIN reservation_now AS now ON now.id = made.id
        JOIN products AS product ON product.id = made.product_id
        WHERE {} AND (%(status)s::reservation_status IS NULL OR now.status = %(status)s)
          AND (%(last_id)s::uuid IS NULL OR (made.created_at, made.id) < (%(created_at)s, %(last_id)s))
        ORDER BY made.created_at DESC, made.id DESC LIMIT %(limit)s
    """).format(sql.SQL(which.value))
    given = {"id": identifier, **page.parameters()}
    return connection.cursor(row_factory=args_row(_listed)).execute(statement, given).fetchall()


def release(connection: Connection, reservation_id: UUID, made_by: str) -> Listed | None:
    """ACTIVE → CANCELLED by an admin if the hold has not lapsed. Return the reservation as it reads then, or None."""
    statement = """
        SELECT released.ended_by, product.currency, (released.reservation).*
        FROM release_hold(%s, %s) AS released
        JOIN products AS product ON product.id = (released.reservation).product_id
    """
    return connection.cursor(row_factory=args_row(_listed)).execute(statement, [reservation_id, made_by]).fetchone()


def _listed(ended_by: str | None, currency: str, *columns: Any) -> Listed:
    return Listed(Reservation(*columns), ended_by, currency)
