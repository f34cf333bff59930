"""While a session keeps an old snapshot, ended holds stay in the indexes; reads and refusals do not walk over them."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.db import connection as database
from chalicelib.db import products
from chalicelib.db.connection import Database
from chalicelib.jobs.sweep import sweep
from tests.factories import active, lapsed, product

pytestmark = pytest.mark.slow

ENDED = 20_000
FEW = 300  # buffers; each ended hold that is looked at costs one or more

MANY_LAPSED = """
    INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at)
    SELECT %s, 0, gen_random_uuid(), 1, 10, instant_now() - interval '1 hour', instant_now() - interval '1 minute'
    FROM generate_series(1, %s)
"""
SOLD = 5_000
MANY_HELD = """
    INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at)
    SELECT %s, 0, gen_random_uuid(), 1, 10, instant_now(), instant_now() + interval '1 minute'
    FROM generate_series(1, %s)
"""
READS = {
    "a refusal": "SELECT outcome FROM reserve(%s, 1, gen_random_uuid(), NULL, 120, 0, NULL, NULL, 0)",
    "the product": "SELECT available_stock FROM product_now WHERE id = %s",
}


@pytest.fixture
def sold_out(connection: Connection, environment: Database, database_url: str) -> Iterator[UUID]:
    """Give a product whose 20,000 holds lapsed and were swept, and whose units were taken out, since a snapshot."""
    connection.execute(MANY_HELD, [product(connection, slots=[SOLD]), SOLD])
    connection.execute("UPDATE stock SET available = 0")
    connection.execute("UPDATE reservations SET status = 'COMPLETED', ended_at = instant_now(), ended_by = 'shopper'")
    connection.execute("VACUUM ANALYZE reservations")  # no hold is active: the planner expects none in the index
    product_id = product(connection, slots=[ENDED])
    with database.connect(database_url) as reader:
        reader.execute("SET idle_in_transaction_session_timeout = 0")
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT FROM reservations")
        connection.execute(MANY_LAPSED, [product_id, ENDED])
        connection.execute(
            "UPDATE stock SET available = 0, first_lapse_at = '-infinity' WHERE product_id = %s", [product_id]
        )
        assert sweep(environment) == ENDED
        connection.execute("SELECT restock(%s, %s, 'ada')", [product_id, -ENDED])
        found = products.find(connection, product_id)
        assert (found and found.available_stock) == 0
        yield product_id


def buffers(connection: Connection, statement: str, given: object) -> int:
    """Return how many buffers a statement touches, the functions that it calls included."""
    explain = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}"
    (((plan,),),) = connection.execute(explain, given).fetchall()
    return int(plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"])


def test_ended_holds_cost_nothing_after_a_sweep(connection: Connection, sold_out: UUID) -> None:
    for statement in READS.values():
        connection.execute(statement, [sold_out])  # loads what every session has to load once
    touched = {read: buffers(connection, statement, [sold_out]) for read, statement in READS.items()}
    assert {read: count for read, count in touched.items() if count > FEW} == {}


TRANSITIONS = {
    "complete": "SELECT * FROM complete_hold(%(id)s, %(shopper)s)",
    "cancel": "SELECT * FROM cancel_hold(%(id)s, %(shopper)s)",
    "extend": "SELECT * FROM extend_hold(%(id)s, %(shopper)s, 1000)",
    "expire": "SELECT * FROM expire_hold(%(id)s, true)",
    "pay": "SELECT * FROM settle_payment(%(id)s, %(shopper)s, gen_random_uuid()::text, 10, 120)",
}


def test_transitions_of_a_hold_cost_nothing_either(connection: Connection, sold_out: UUID) -> None:
    connection.execute("SELECT restock(%s, 100, 'ada')", [sold_out])
    touched = {}
    for name, statement in TRANSITIONS.items():
        for _ in range(2):  # the first one loads what every session has to load once
            hold = lapsed(connection, sold_out) if name == "expire" else active(connection, sold_out)
            given = {"id": hold.id, "shopper": hold.shopper_id}
            touched[name] = buffers(connection, statement, given)
    assert {name: count for name, count in touched.items() if count > FEW} == {}
