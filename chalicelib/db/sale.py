"""The events of a sale in a period, and the state of every product. Never reads a whole table."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from psycopg import Connection, IsolationLevel, sql
from psycopg.rows import args_row

from chalicelib.db.products import COLUMNS, Product

SETTLED_SECONDS = 5  # after this, a transaction has been committed or cancelled by its timeouts


@dataclass(frozen=True, slots=True)
class Events:
    """How many events of one kind a product had, and how many units they moved."""

    product_id: UUID
    event: str  # RESTOCKED, RESERVED, EXTENDED, COMPLETED, CANCELLED or EXPIRED
    by: str
    entries: int
    units: int


@dataclass(frozen=True, slots=True)
class Delays:
    """How late units returned after the lapse of their holds, in seconds."""

    product_id: UUID
    median: float
    p90: float
    p99: float
    longest: float


@dataclass(frozen=True, slots=True)
class State:
    """A product, and where its units are by the rows. Units of lapsed holds count as held until they are expired."""

    product: Product
    retired_at: datetime | None
    in_stock: int
    held: int
    lapsed: int  # part of held: of holds that have lapsed and are not yet expired


@dataclass(frozen=True, slots=True)
class Connections:
    """The connections to the database server, and how many it allows."""

    open: int
    allowed: int


@contextmanager
def snapshot(connection: Connection) -> Iterator[datetime]:
    """Run the block's queries on one snapshot, so that their figures fit together; yield its time.

    The block must write nothing and must be short: vacuum keeps what it might read.
    """
    connection.isolation_level = IsolationLevel.REPEATABLE_READ  # part of BEGIN; a SET would pin a proxy's session
    try:
        with connection.transaction():
            row = connection.execute("SELECT instant_of_statement()").fetchone()
            assert row is not None  # noqa: S101 - the query returns one row
            yield row[0]
    finally:
        connection.isolation_level = None


def before(at: datetime, seconds: int) -> datetime:
    """Return the instant `seconds` earlier."""
    return at - timedelta(seconds=seconds)


def last_window(connection: Connection, seconds: int) -> tuple[datetime, datetime]:
    """Return the last whole interval of so many seconds whose transactions have all ended."""
    row = connection.execute(
        "SELECT ends - length, ends FROM (SELECT make_interval(secs => %(seconds)s) AS length) AS given, LATERAL"
        " date_bin(length, instant_now() - make_interval(secs => %(settled)s), to_timestamp(0)) AS ends",
        {"seconds": seconds, "settled": SETTLED_SECONDS},
    ).fetchone()
    assert row is not None  # noqa: S101 - the query returns one row
    return row[0], row[1]


def events(connection: Connection, since: datetime, until: datetime) -> list[Events]:
    """Return the events from `since` until before `until`."""
    cursor = connection.cursor(row_factory=args_row(Events))
    return cursor.execute("SELECT * FROM sale_events(%s, %s)", [since, until]).fetchall()


def delays(connection: Connection, since: datetime, until: datetime) -> list[Delays]:
    """Return how late the holds were expired that were expired from `since` until before `until`, by product."""
    statement = """
        SELECT product_id, part[1], part[2], part[3], part[4] FROM (
            SELECT product_id, percentile_disc(ARRAY[0.5, 0.9, 0.99, 1]) WITHIN GROUP (ORDER BY seconds) AS part
            FROM expiry_delays(%s, %s) GROUP BY product_id
        ) AS percentiles
    """
    return connection.cursor(row_factory=args_row(Delays)).execute(statement, [since, until]).fetchall()


def delay_sample(connection: Connection, since: datetime, until: datetime, size: int) -> list[float]:
    """Return at most `size` of the delays of that time, spread evenly over all of them, the shortest first."""
    rows = connection.execute(
        "SELECT max(seconds) FROM (SELECT seconds, ntile(%s) OVER (ORDER BY seconds) AS part"
        " FROM expiry_delays(%s, %s)) AS parts GROUP BY part ORDER BY part",
        [size, since, until],
    )
    return [float(seconds) for (seconds,) in rows]


def states(connection: Connection) -> list[State]:
    """Return the state of every product, retired ones last. Reads the running holds, by their index."""
    statement = sql.SQL("""
        SELECT shown.retired_at, slots.available, holds.held, holds.lapsed, {}
        FROM product_shown AS shown
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(available), 0)::integer AS available, min(first_lapse_at) AS first_lapse_at
            FROM stock WHERE product_id = shown.id
        ) AS slots
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(quantity), 0)::integer AS held,
                   coalesce(sum(quantity) FILTER (WHERE expires_at <= instant_of_statement()), 0)::integer AS lapsed
            FROM reservations
            WHERE product_id = shown.id AND status = 'ACTIVE' AND expires_at >= slots.first_lapse_at
        ) AS holds
        ORDER BY shown.retired_at IS NOT NULL, shown.name, shown.id
    """).format(COLUMNS)
    return connection.cursor(row_factory=args_row(_state)).execute(statement).fetchall()


def connections(connection: Connection) -> Connections:
    """Return the number of client connections to the server. Needs no privilege."""
    row = connection.execute(
        "SELECT sum(numbackends)::integer, current_setting('max_connections')::integer FROM pg_stat_database"
        " WHERE datid <> 0"
    ).fetchone()
    assert row is not None  # noqa: S101 - an aggregate returns one row
    return Connections(row[0], row[1])


def _state(retired_at: datetime | None, in_stock: int, held: int, lapsed: int, *columns: object) -> State:
    return State(Product(*columns), retired_at, in_stock, held, lapsed)  # type: ignore[arg-type] # the view's columns
