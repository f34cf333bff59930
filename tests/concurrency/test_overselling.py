"""Environments in processes of their own reserve one product until nothing is left: exactly its units are sold.

The controls oversell: without the guard, and with the usual alternative of counting what has been sold.
"""

from collections import Counter
from functools import partial
from uuid import UUID

import pytest
from psycopg import Connection

from tests.factories import available, product
from tests.http.gateway import reserve_event
from tests.http.shop import opened
from tests.processes import side_by_side
from tests.rivals import Rival
from tests.soaking import Effort

PROCESSES, ATTEMPTS, UNITS = 16, 250, 1_000
GUARD = " AND available >= p_quantity"
COUNTED = """
    WITH locked AS (SELECT id, total FROM sale WHERE id = 1 AND total > (SELECT count(*) FROM sold) FOR UPDATE)
    INSERT INTO sold SELECT id FROM locked
"""


def attempt(url: str, product_id: UUID, attempts: int) -> Counter[int]:
    """Reserve one unit again and again through the real handler; return how often each status was the reply."""
    body = f'{{"productId": "{product_id}", "quantity": 1}}'
    with opened(url) as shop:
        return Counter(shop.send(reserve_event(body)).status for _ in range(attempts))


@pytest.mark.soak("R1")
@pytest.mark.timeout(3_600)
def test_sixteen_processes_sell_exactly_what_there_is(
    connection: Connection, database_url: str, effort: Effort
) -> None:
    times, attempts = effort(1, 40), PROCESSES * ATTEMPTS
    for _ in range(times):
        product_id = product(connection, UNITS)
        replies = side_by_side([partial(attempt, database_url, product_id, ATTEMPTS)] * PROCESSES)
        assert sum(replies, Counter()) == {201: UNITS, 409: attempts - UNITS}
        assert available(connection, product_id) == 0
    effort.done(f"{times} sales of {UNITS} units, {attempts} attempts by {PROCESSES} processes each: all exact")


def take_the_guards_out(connection: Connection) -> None:
    """Let a reserve take units from its slot whether or not there are any, and the table allow that."""
    (reserve,) = connection.execute("SELECT pg_get_functiondef('reserve'::regproc)").fetchone() or ("",)
    assert reserve.count(GUARD) == 1
    connection.execute(reserve.replace(GUARD, ""))
    connection.execute("ALTER TABLE stock DROP CONSTRAINT stock_valid")


def test_without_the_guard_more_is_sold_than_there_is(database_url: str, unbalanced: Connection) -> None:
    product_id = product(unbalanced, slots=[20])
    take_the_guards_out(unbalanced)
    replies = sum(side_by_side([partial(attempt, database_url, product_id, 25)] * 4), Counter())
    assert replies[201] > 20
    assert available(unbalanced, product_id) == 20 - replies[201]


def test_a_sum_of_what_was_sold_oversells_in_read_committed(unbalanced: Connection, database_url: str) -> None:
    """After the wait for the lock, Postgres looks at the locked row again, and not at the rows that were counted."""
    unbalanced.execute("CREATE TABLE sale AS SELECT 1 AS id, 1 AS total")
    unbalanced.execute("CREATE TABLE sold (sale_id integer)")
    with Rival(database_url) as rival:
        with unbalanced.transaction():
            unbalanced.execute(COUNTED)
            rival.start(lambda own: own.execute(COUNTED))
        rival.result()
    assert unbalanced.execute("SELECT count(*) FROM sold").fetchone() == (2,)
