"""Reservations made by SQL, many at once: the past of a shop, and holds that lapse when a figure needs them to.

Triggers are off while they are written, so the journal does not tell of them; the stock does.
"""

from collections import Counter
from dataclasses import dataclass
from random import choices

import psycopg

SHOPPERS_RESERVATIONS = 10  # of one shopper

ENDED = """
    CASE WHEN n %% 100 < 60 THEN 'COMPLETED' WHEN n %% 100 < 85 THEN 'EXPIRED' ELSE 'CANCELLED' END
"""
A_PAST_HOLD = "now() - interval '30 days' * random() - interval '1 hour'"
_INSERT = """
    WITH slots AS (SELECT count(*) AS number FROM stock WHERE product_id = %(product_id)s), made AS (
        INSERT INTO reservations
            (product_id, slot, shopper_id, quantity, unit_price, status, created_at, expires_at, ended_at, ended_by)
        SELECT %(product_id)s, n %% slots.number, md5((n / %(each)s)::text || %(product_id)s)::uuid, 1, 10,
               status, created_at, expires_at, ended_at,
               CASE status WHEN 'ACTIVE' THEN NULL WHEN 'EXPIRED' THEN 'sweep' ELSE 'shopper' END
        FROM slots, generate_series(1, %(count)s) AS n
        CROSS JOIN LATERAL (SELECT ({status})::reservation_status AS status, {created_at} AS created_at) AS one
        CROSS JOIN LATERAL (SELECT {expires_at} AS expires_at) AS lapse
        CROSS JOIN LATERAL (
            SELECT CASE status WHEN 'ACTIVE' THEN NULL WHEN 'EXPIRED' THEN expires_at + interval '1 second'
                               ELSE created_at + interval '1 second' END AS ended_at
        ) AS ending
        RETURNING slot, status, quantity, expires_at
    )
    UPDATE stock
    SET available = available - taken.units, first_lapse_at = least(stock.first_lapse_at, taken.first_lapse_at)
    FROM (
        SELECT slot, sum(quantity) AS units, min(expires_at) FILTER (WHERE status = 'ACTIVE') AS first_lapse_at
        FROM made WHERE status IN ('ACTIVE', 'COMPLETED') GROUP BY slot
    ) AS taken
    WHERE stock.product_id = %(product_id)s AND stock.slot = taken.slot
"""


_SELL = """
    WITH sold AS (
        UPDATE stock SET available = available - units
        FROM unnest(%(slots)s::smallint[], %(units)s::integer[]) AS sale (sold_slot, units)
        WHERE product_id = %(product_id)s AND slot = sold_slot
        RETURNING slot, units
    )
    INSERT INTO reservations
        (product_id, slot, shopper_id, quantity, unit_price, status, created_at, expires_at, ended_at, ended_by)
    SELECT %(product_id)s, slot, gen_random_uuid(), least(100, units - first), 10, 'COMPLETED',
           now() - interval '1 hour', now(), now() - interval '1 hour', 'shopper'
    FROM sold, generate_series(0, units - 1, 100) AS first
"""


@dataclass(frozen=True)
class History:
    """Writes reservations, mostly of one unit, into the stock's rows in turn; each row must have enough available."""

    connection: psycopg.Connection

    def ended(self, product_id: str, count: int) -> None:
        """Write reservations of the last 30 days: 60 % completed, 25 % expired, 15 % cancelled."""
        self._write(product_id, count, ENDED, A_PAST_HOLD, "created_at + interval '2 minutes'")

    def lapsed(self, product_id: str, count: int) -> None:
        """Write holds that lapsed a minute ago and that nothing has expired yet."""
        self.lapsing(product_id, count, first_seconds=-60, each_seconds=0)

    def lapsing(self, product_id: str, count: int, first_seconds: float, each_seconds: float) -> None:
        """Write holds of which the first lapses in so many seconds, and each other so many seconds after the last."""
        lapse = f"clock_timestamp() + make_interval(secs => {first_seconds} + n * {each_seconds})"
        self._write(product_id, count, "'ACTIVE'", "now() - interval '1 hour'", lapse)

    def sold_but(self, product_id: str, left: int, *, evenly: bool) -> None:
        """Write completed reservations of all units but `left`; which rows those lie in is chance, unless evenly."""
        statement = "SELECT slot, available FROM stock WHERE product_id = %s ORDER BY slot"
        available = dict(self.connection.execute(statement, [product_id]).fetchall())
        slots = list(available)
        kept = Counter(slots[n % len(slots)] for n in range(left)) if evenly else Counter(choices(slots, k=left))
        units = [available[slot] - kept[slot] for slot in slots]
        self._execute(_SELL, {"product_id": product_id, "slots": slots, "units": units})

    def _write(self, product_id: str, count: int, status: str, created_at: str, expires_at: str) -> None:
        statement = _INSERT.format(status=status, created_at=created_at, expires_at=expires_at)
        given = {"product_id": product_id, "count": count, "each": SHOPPERS_RESERVATIONS}
        self._execute(statement, given)

    def _execute(self, statement: str, given: dict[str, object]) -> None:
        with self.connection.transaction():
            self.connection.execute("SET LOCAL session_replication_role = replica")
            self.connection.execute(statement, given)  # type: ignore[arg-type] # put together from the above


def connect(url: str) -> psycopg.Connection:
    """Return a connection whose statements may take as long as they need."""
    connection = psycopg.connect(url, autocommit=True)
    connection.execute("SET statement_timeout = 0")
    return connection
