"""The clock at its boundaries: what counts at the very instant of an end, and what a wait does to the clock."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.db.reservations import cancel as cancel_hold
from chalicelib.db.reservations import complete as complete_hold
from chalicelib.errors import SaleNotOpen
from tests.factories import active, available, product, request, reserve, status
from tests.rivals import Rival, lock_slots

End = Callable[[Connection, UUID, UUID], object]

DEADLINE_SECONDS = 30
MILLISECOND = timedelta(milliseconds=1)


def stop_clock(connection: Connection, instant: datetime) -> None:
    """Stop the clock by which rows are changed."""
    connection.execute(
        "CREATE OR REPLACE FUNCTION instant_now() RETURNS timestamptz LANGUAGE sql VOLATILE"
        f" RETURN timestamptz '{instant.isoformat()}'"
    )


def test_both_clocks_go_on_within_a_transaction(connection: Connection) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    with connection.transaction():
        moved = False
        while not moved:
            assert time.monotonic() < deadline, "A clock stands still while its transaction runs."
            ((moved,),) = connection.execute(
                "SELECT instant_now() > date_trunc('milliseconds', now())"
                " AND instant_of_statement() > date_trunc('milliseconds', now())"
            )


@pytest.mark.parametrize("end", [complete_hold, cancel_hold])
def test_a_hold_has_lapsed_at_the_instant_of_its_lapse_and_not_before(connection: Connection, end: End) -> None:
    shopper_id, product_id = uuid4(), product(connection)
    lapsing, running = (active(connection, product_id, shopper_id=shopper_id) for _ in range(2))
    stop_clock(connection, lapsing.expires_at)
    end(connection, lapsing.id, shopper_id)
    assert status(connection, lapsing.id) == ("ACTIVE", None)
    stop_clock(connection, running.expires_at - MILLISECOND)
    end(connection, running.id, shopper_id)
    assert status(connection, running.id)[1] == "shopper"


def test_a_sale_is_over_at_the_instant_of_its_end_and_not_before(connection: Connection) -> None:
    product_id = product(connection)
    (ends_at,) = connection.execute(
        "UPDATE products SET sale_ends_at = instant_now() + interval '1 hour' WHERE id = %s RETURNING sale_ends_at",
        [product_id],
    ).fetchone() or (None,)
    assert ends_at
    stop_clock(connection, ends_at - MILLISECOND)
    reserve(connection, request(product_id))
    stop_clock(connection, ends_at)
    with pytest.raises(SaleNotOpen):
        reserve(connection, request(product_id))


def test_a_reserve_that_waits_for_stock_until_the_sale_is_over_is_refused(
    connection: Connection, database_url: str, advance: Callable[[float], None]
) -> None:
    product_id = product(connection, 1)
    connection.execute("UPDATE products SET sale_ends_at = instant_now() + interval '1 minute'")
    with Rival(database_url) as shopper:
        with connection.transaction():
            lock_slots(connection, product_id)
            shopper.start(lambda own: reserve(own, request(product_id)))
            advance(60)
        with pytest.raises(SaleNotOpen):
            shopper.result()
    assert available(connection, product_id) == 1
