"""Figures of a sale in a period, read from the rows of that period by the indexes on times."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import args_row

from chalicelib.db import products, sale
from chalicelib.db.products import Listed
from chalicelib.db.sale import Delays, Events

PARTS = 120  # of a timeline
SHORTEST_PART_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Course:
    """When a product's reservations were made, when its last event was, and when its stock was first empty."""

    product_id: UUID
    first_reserved_at: datetime | None
    last_reserved_at: datetime | None
    last_at: datetime
    sold_out_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shoppers:
    """The buyers of a product's units, of the reservations made in the period."""

    product_id: UUID
    shoppers: int  # who bought at least one unit, without the anonymous
    units: int  # that they bought
    anonymous_units: int
    of_the_top: int  # units of the shopper who bought the most
    of_the_top_ten: int


@dataclass(frozen=True, slots=True)
class Moment:
    """The units that a product's events moved in one part of a timeline."""

    product_id: UUID
    at: datetime  # when the part begins
    reserved: int
    completed: int
    returned: int  # cancelled and expired


@dataclass(frozen=True, slots=True)
class Addresses:
    """To how many addresses guest tokens were issued. Counts older than an hour have been deleted."""

    tokens: int
    addresses: int
    of_the_top: int  # tokens of the address that got the most
    of_the_top_ten: int
    since: datetime | None  # the earliest minute of which there is a count


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of the sales in a period."""

    products: list[Listed]
    events: list[Events]
    courses: list[Course]
    delays: list[Delays]
    shoppers: list[Shoppers]
    timeline: list[Moment]
    addresses: Addresses


def read(connection: Connection, since: datetime, until: datetime) -> Report:
    """Return all figures of the sales from `since` until before `until`."""
    found = courses(connection, since, until)
    begins = min((one.first_reserved_at for one in found if one.first_reserved_at), default=since)
    ends = max((one.last_at for one in found), default=until)
    return Report(
        products=products.list_all(connection),
        events=sale.events(connection, since, until),
        courses=found,
        delays=sale.delays(connection, since, until),
        shoppers=shoppers(connection, since, until),
        timeline=timeline(connection, begins, ends),
        addresses=addresses(connection, since, until),
    )


def courses(connection: Connection, since: datetime, until: datetime) -> list[Course]:
    """Return the course of each product that had an event in the period."""
    statement = """
        SELECT product_id, first_reserved_at, last_reserved_at, last_at, sold_out.at FROM (
            SELECT product_id, max(at) AS last_at,
                   min(at) FILTER (WHERE event = 'RESERVED') AS first_reserved_at,
                   max(at) FILTER (WHERE event = 'RESERVED') AS last_reserved_at
            FROM journal_entries WHERE at >= %(since)s AND at < %(until)s GROUP BY product_id
        ) AS course LEFT JOIN sold_out_at(%(since)s, %(until)s) AS sold_out USING (product_id)
    """
    cursor = connection.cursor(row_factory=args_row(Course))
    return cursor.execute(statement, {"since": since, "until": until}).fetchall()


def shoppers(connection: Connection, since: datetime, until: datetime) -> list[Shoppers]:
    """Return the buyers of each product, of the reservations made in the period."""
    statement = """
        SELECT product_id, count(*) FILTER (WHERE known), coalesce(sum(units) FILTER (WHERE known), 0),
               coalesce(sum(units) FILTER (WHERE NOT known), 0), coalesce(max(units) FILTER (WHERE known), 0),
               coalesce(sum(units) FILTER (WHERE known AND place <= 10), 0)
        FROM (
            SELECT product_id, shopper_id <> '00000000-0000-0000-0000-000000000000' AS known, sum(quantity) AS units,
                   row_number() OVER (
                       PARTITION BY product_id, shopper_id <> '00000000-0000-0000-0000-000000000000'
                       ORDER BY sum(quantity) DESC
                   ) AS place
            FROM reservations
            WHERE created_at >= %s AND created_at < %s AND status = 'COMPLETED'
            GROUP BY product_id, shopper_id
        ) AS bought GROUP BY product_id
    """
    return connection.cursor(row_factory=args_row(Shoppers)).execute(statement, [since, until]).fetchall()


def timeline(connection: Connection, first_at: datetime, last_at: datetime) -> list[Moment]:
    """Return the units that each product's events moved, in about PARTS parts of the period, the earliest first."""
    seconds = max(SHORTEST_PART_SECONDS, (last_at - first_at).total_seconds() / PARTS)
    statement = """
        SELECT product_id, date_bin(make_interval(secs => %(seconds)s), at, %(first)s) AS part,
               coalesce(sum(quantity) FILTER (WHERE event = 'RESERVED'), 0),
               coalesce(sum(quantity) FILTER (WHERE event = 'COMPLETED'), 0),
               coalesce(sum(quantity) FILTER (WHERE event IN ('CANCELLED', 'EXPIRED')), 0)
        FROM journal_entries WHERE at BETWEEN %(first)s AND %(last)s
        GROUP BY product_id, part ORDER BY product_id, part
    """
    given = {"seconds": seconds, "first": first_at, "last": last_at}
    return connection.cursor(row_factory=args_row(Moment)).execute(statement, given).fetchall()


def addresses(connection: Connection, since: datetime, until: datetime) -> Addresses:
    """Return to how many addresses guest tokens were issued in the minutes of the period."""
    statement = """
        SELECT coalesce(sum(issued), 0), count(*), coalesce(max(issued), 0),
               coalesce(sum(issued) FILTER (WHERE place <= 10), 0), min(since)
        FROM (
            SELECT sum(issued) AS issued, min(minute) AS since, row_number() OVER (ORDER BY sum(issued) DESC) AS place
            FROM guest_tokens WHERE minute >= date_trunc('minute', %s::timestamptz) AND minute < %s
            GROUP BY address
        ) AS counted
    """
    row = connection.cursor(row_factory=args_row(Addresses)).execute(statement, [since, until]).fetchone()
    assert row is not None  # noqa: S101 - an aggregate returns one row
    return row
