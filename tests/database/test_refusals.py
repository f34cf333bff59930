"""Counts of refusals: an environment writes them once a second, which locks and changes nothing, and reads a minute."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from psycopg import Connection
from psycopg.errors import CheckViolation

from chalicelib.db import connection as database
from chalicelib.db import refusals, sale
from chalicelib.db.connection import Database
from chalicelib.db.refusal_counts import KEYS_MAX, SECONDS_KEPT, RefusalCounts
from chalicelib.db.refusals import Refused
from tests.factories import product
from tests.logs import logged

Advance = Callable[[float], None]
NO_STOCK, LIMIT = "insufficient-stock", "limit-exceeded"


class Counting:
    """The counts of one environment, and the clock that they go by."""

    def __init__(self, environment: Database) -> None:
        self.environment = environment
        self.now = 100.0
        self.counts = RefusalCounts(lambda: self.now)

    def refuse(self, product_id: UUID, *reasons: str) -> None:
        """Refuse a request for each reason, each followed by the reply."""
        for reason in reasons:
            self.counts.add(product_id, reason)
            self.counts.write_if_due(self.environment)


@pytest.fixture
def counting(environment: Database) -> Counting:
    """Give an environment that has refused nothing, and is connected."""
    environment.run(lambda own: own.execute("SELECT 1"))
    return Counting(environment)


@pytest.fixture
def product_id(connection: Connection) -> UUID:
    """Put a product on sale."""
    return product(connection)


def rows(connection: Connection) -> list[tuple[str, int]]:
    """Return the reason and the requests of each row."""
    return sorted(connection.execute("SELECT reason, requests FROM refusals").fetchall())


def last_minute(connection: Connection) -> list[Refused]:
    with sale.snapshot(connection) as at:
        return refusals.counted(connection, sale.before(at, 60))


def test_the_requests_of_a_second_are_written_at_once(
    connection: Connection, counting: Counting, product_id: UUID
) -> None:
    counting.refuse(product_id, NO_STOCK)
    assert rows(connection) == [(NO_STOCK, 1)]
    counting.now += 0.9
    counting.refuse(product_id, NO_STOCK, NO_STOCK, LIMIT)
    assert rows(connection) == [(NO_STOCK, 1)]
    counting.now += 0.1
    counting.refuse(product_id, LIMIT)
    assert rows(connection) == [(NO_STOCK, 1), (NO_STOCK, 2), (LIMIT, 2)]


def test_the_next_request_that_is_not_refused_writes_them_too(
    connection: Connection, counting: Counting, product_id: UUID
) -> None:
    counting.refuse(product_id, NO_STOCK, NO_STOCK)
    counting.now += 1
    counting.counts.write_if_due(counting.environment)
    counting.counts.write_if_due(counting.environment)
    assert rows(connection) == [(NO_STOCK, 1), (NO_STOCK, 1)]


def test_what_an_idle_environment_has_kept_for_a_minute_is_forgotten(
    connection: Connection, counting: Counting, product_id: UUID
) -> None:
    counting.refuse(product_id, NO_STOCK, NO_STOCK)
    counting.now += SECONDS_KEPT + 1
    counting.refuse(product_id, LIMIT)
    assert rows(connection) == [(NO_STOCK, 1), (LIMIT, 1)]


def test_a_product_that_does_not_exist_is_not_counted(connection: Connection, counting: Counting) -> None:
    counting.refuse(uuid4(), NO_STOCK)
    assert rows(connection) == []


def test_whatever_products_requests_name_few_are_remembered(
    connection: Connection, counting: Counting, product_id: UUID
) -> None:
    counting.refuse(product_id, NO_STOCK)
    for _ in range(KEYS_MAX - 1):
        counting.refuse(uuid4(), NO_STOCK)
    counting.refuse(product_id, NO_STOCK, LIMIT, NO_STOCK)  # the first of these is the last that fits
    counting.now += 1
    counting.counts.write_if_due(counting.environment)
    assert rows(connection) == [(NO_STOCK, 1), (NO_STOCK, 2)]


def test_a_failure_is_logged_and_forgotten(connection: Connection, counting: Counting, product_id: UUID) -> None:
    connection.execute("ALTER TABLE refusals ADD CONSTRAINT never CHECK (false) NOT VALID")
    with logged() as lines:
        counting.refuse(product_id, NO_STOCK)
    assert "CheckViolation" in lines.about("refusals not counted")["exception"]
    connection.execute("ALTER TABLE refusals DROP CONSTRAINT never")
    counting.now += 1
    counting.refuse(product_id, LIMIT)
    assert rows(connection) == [(LIMIT, 1)]


def test_a_session_that_is_lost_is_noticed_and_not_opened_again_for_it(
    connection: Connection, counting: Counting, product_id: UUID, administrator: Connection
) -> None:
    administrator.execute("SELECT pg_terminate_backend(%s, 10000)", [counting.environment.run(pid)])
    with logged() as lines:
        counting.refuse(product_id, NO_STOCK)
        counting.now += 1
        counting.refuse(product_id, LIMIT)
    assert lines.about("database unavailable")["reason"] == "AdminShutdown"
    assert not counting.environment.is_open
    assert rows(connection) == []


def pid(own: Connection) -> int:
    return own.info.backend_pid


def test_a_write_waits_for_nobody(connection: Connection, counting: Counting, product_id: UUID) -> None:
    counting.environment.run(lambda own: own.execute("SET lock_timeout = '1ms'"))
    with connection.transaction():
        connection.execute("SELECT FROM products FOR UPDATE")
        refusals.add(connection, {(product_id, NO_STOCK): 5})
        counting.refuse(product_id, NO_STOCK)
    assert rows(connection) == [(NO_STOCK, 1), (NO_STOCK, 5)]


def test_a_minute_is_counted_by_product_and_reason_the_most_frequent_first(
    connection: Connection, product_id: UUID, advance: Advance
) -> None:
    other = product(connection)
    refusals.add(connection, {(product_id, "sale-not-open"): 7})
    advance(30)
    refusals.add(connection, {(product_id, LIMIT): 1, (product_id, NO_STOCK): 2, (other, LIMIT): 4})
    advance(31)
    refusals.add(connection, {(product_id, NO_STOCK): 3})
    assert last_minute(connection) == [
        Refused(product_id, NO_STOCK, 5),
        Refused(other, LIMIT, 4),
        Refused(product_id, LIMIT, 1),
    ]


def test_a_minute_is_found_by_the_index_among_many_rows(database_url: str) -> None:
    with database.connect(database_url) as own:
        product_id = product(own)
        own.execute(
            "INSERT INTO refusals SELECT now() - make_interval(secs => second), %s, 'x', 1"
            " FROM generate_series(1, 30000) AS second",
            [product_id],
        )
        own.execute("VACUUM ANALYZE refusals")
        (found,) = last_minute(own)
        own.execute("SELECT pg_stat_force_next_flush()")
        reads = own.execute("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'refusals'").fetchall()
    assert found.requests in (59, 60)
    assert reads == [(0,)]


def test_no_requests_are_no_row(connection: Connection, product_id: UUID) -> None:
    with pytest.raises(CheckViolation) as refusal:
        refusals.add(connection, {(product_id, LIMIT): 0})
    assert refusal.value.diag.constraint_name == "refusals_requests_positive"
