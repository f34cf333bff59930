"""SQL about what a shopper has already, and what that forbids."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from chalicelib.api.schemas import ANONYMOUS
from chalicelib.db.connection import lock_id, require_transaction
from chalicelib.db.holds import Terms, Wish
from chalicelib.errors import CoolingDown, LimitExceeded, TooManyHolds


@dataclass(frozen=True, slots=True)
class Standing:
    """What a shopper has of a product and holds altogether."""

    units: int  # held and bought together
    active_holds: int  # of all products
    lapses: int
    cooldown_ends_at: datetime | None  # in the past or None: there is nothing to wait for
    cooldown_seconds_left: float | None
    hold_id: UUID | None  # the running hold of this product that lapses last


def lock(connection: Connection, shopper_id: UUID) -> None:
    """Make this shopper's other reserves wait until the transaction ends; comes before all other locks."""
    require_transaction(connection)
    if shopper_id != ANONYMOUS:
        lock_id(connection, shopper_id)


def refuse_if_exceeded(connection: Connection, wish: Wish, max_per_shopper: int | None, terms: Terms) -> None:
    """Raise LimitExceeded, CoolingDown or TooManyHolds if what the shopper has already forbids the wish."""
    if wish.shopper_id == ANONYMOUS:
        if max_per_shopper is not None and wish.quantity > max_per_shopper:
            raise LimitExceeded(0, max_per_shopper, None)
        return
    standing = _find(connection, wish, terms)
    if max_per_shopper is not None and standing.units + wish.quantity > max_per_shopper:
        raise LimitExceeded(standing.units, max_per_shopper, standing.hold_id)
    _refuse_hoarding(standing, terms)


def _refuse_hoarding(standing: Standing, terms: Terms) -> None:
    if terms.lapses_before_cooldown is not None and standing.lapses >= terms.lapses_before_cooldown:
        until, seconds = standing.cooldown_ends_at, standing.cooldown_seconds_left
        if until is not None and seconds is not None and seconds > 0:
            raise CoolingDown(standing.lapses, until, seconds)
    if terms.max_active_holds is not None and standing.active_holds >= terms.max_active_holds:
        raise TooManyHolds(standing.active_holds, terms.max_active_holds)


def _find(connection: Connection, wish: Wish, terms: Terms) -> Standing:
    statement = """
        SELECT units, active_holds, lapses, cooldown.ends_at AS cooldown_ends_at,
               extract(epoch FROM cooldown.ends_at - instant_now())::float8 AS cooldown_seconds_left,
               running.id AS hold_id
        FROM shopper_standing(%(shopper_id)s, %(product_id)s)
        CROSS JOIN LATERAL (SELECT last_lapse + make_interval(secs => %(cooldown_seconds)s) AS ends_at) AS cooldown
        LEFT JOIN LATERAL (
            SELECT id FROM reservations
            WHERE shopper_id = %(shopper_id)s AND product_id = %(product_id)s
              AND status = 'ACTIVE' AND expires_at > instant_of_statement()
            ORDER BY expires_at DESC LIMIT 1
        ) AS running ON true
    """
    given = {
        "shopper_id": wish.shopper_id,
        "product_id": wish.product_id,
        "cooldown_seconds": terms.cooldown_seconds,
    }
    (standing,) = connection.cursor(row_factory=class_row(Standing)).execute(statement, given)
    return standing
