"""A limit of one at the lapse of the one hold: complete, extend and late payment against the shopper's next reserve."""

import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.db.connection import Database
from chalicelib.db.reservations import Reservation
from chalicelib.errors import LimitExceeded, NotActive, ReservationExpired
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.extend import extend
from tests.factories import extendable, product
from tests.paying import settle
from tests.reserving import SHOPPER, reserve
from tests.rivals import Rival, environments_at_once
from tests.soaking import Effort

Advance = Callable[[float], None]
Act = Callable[[Connection, Reservation], object]
PAIRS, PAIRS_IN_AN_HOUR = 60, 8_000

OVERLAPS = """
    SELECT count(*) FROM reservations AS earlier JOIN reservations AS later USING (product_id)
    WHERE earlier.id <> later.id AND earlier.created_at <= later.created_at
        AND (earlier.status = 'COMPLETED' OR earlier.expires_at > later.created_at)
"""
UNITS = """
    SELECT coalesce(sum(quantity), 0) FROM reservations
    WHERE product_id = %s AND (status = 'COMPLETED' OR status = 'ACTIVE' AND expires_at > instant_now())
"""
# In the last quarter of a short hold, so that it can be extended.
LAPSE_SOON = """
    UPDATE reservations SET created_at = now - interval '60 ms', expires_at = now + interval '15 ms'
    FROM instant_now() AS now WHERE id = %s
"""


def one_each(connection: Connection) -> UUID:
    """Put a product on sale of which a shopper may have one unit."""
    product_id = product(connection, 10)
    connection.execute("UPDATE products SET max_per_shopper = 1 WHERE id = %s", [product_id])
    return product_id


def units(connection: Connection, product_id: UUID) -> int:
    """Return how many units are held or sold."""
    ((count,),) = connection.execute(UNITS, [product_id])
    return int(count)


ACTS: dict[str, Act] = {
    "complete": lambda own, hold: complete(own, hold.id, SHOPPER),
    "extend": lambda own, hold: extend(own, hold.id, SHOPPER),
    "payment": lambda own, hold: settle(own, hold, str(hold.id)),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_reserve_waits_for_what_was_done_just_before_the_lapse_and_counts_it(
    connection: Connection, database_url: str, advance: Advance, act: str
) -> None:
    product_id = one_each(connection)
    hold = extendable(connection, product_id, shopper_id=SHOPPER)
    with Rival(database_url) as next_reserve:
        with connection.transaction():
            ACTS[act](connection, hold)
            advance(21)
            next_reserve.start(lambda own: reserve(own, product_id))
        with pytest.raises(LimitExceeded):
            next_reserve.result()
    assert units(connection, product_id) == 1


def test_a_reserve_waits_for_a_late_payment_and_counts_what_it_bought(
    connection: Connection, database_url: str, advance: Advance
) -> None:
    product_id = one_each(connection)
    hold = reserve(connection, product_id, hold_seconds=100)
    advance(101)
    with Rival(database_url) as next_reserve:
        with connection.transaction():
            assert settle(connection, hold)[0] == "completed"
            next_reserve.start(lambda own: reserve(own, product_id))
        with pytest.raises(LimitExceeded):
            next_reserve.result()
    assert units(connection, product_id) == 1


@pytest.mark.parametrize("act", ["complete", "extend"])
def test_who_waits_for_a_reserve_after_the_lapse_finds_the_hold_expired(
    connection: Connection, database_url: str, advance: Advance, act: str
) -> None:
    product_id = one_each(connection)
    hold = reserve(connection, product_id, hold_seconds=100, max_extensions=1)
    advance(101)
    with Rival(database_url) as late:
        with connection.transaction():
            reserve(connection, product_id)
            late.start(lambda own: ACTS[act](own, hold))
        with pytest.raises(ReservationExpired):
            late.result()
    assert units(connection, product_id) == 1


def test_a_late_payment_that_waits_for_the_next_reserve_is_refunded(
    connection: Connection, database_url: str, advance: Advance
) -> None:
    product_id = one_each(connection)
    hold = reserve(connection, product_id, hold_seconds=100)
    advance(101)
    with Rival(database_url) as payer:
        with connection.transaction():
            reserve(connection, product_id)
            payer.start(lambda own: settle(own, hold))
        assert payer.result()[0] == "refund-required"
    assert units(connection, product_id) == 1


def attempt(work: Callable[[], object]) -> bool:
    """Do something that may be refused at this instant; return whether it was not."""
    try:
        work()
    except (LimitExceeded, NotActive, ReservationExpired):
        return False
    return True


def wait_until(own: Database, hold: Reservation, seconds_left: float) -> None:
    """Wait by the database's clock until a hold has so many seconds to run."""
    left = "SELECT extract(epoch FROM expires_at - clock_timestamp()) > %s FROM reservations WHERE id = %s"
    while own.run(lambda connection: connection.execute(left, [seconds_left, hold.id]).fetchone()) == (True,):
        pass


def end_around_the_lapse(own: Database, holds: list[Reservation]) -> Counter[str]:
    """Return how often each act was done."""
    done = Counter[str]()
    for number, hold in enumerate(holds):
        own.run(Connection.execute, LAPSE_SOON, [hold.id])
        wait_until(own, hold, random.uniform(-0.003, 0.003))
        act = list(ACTS)[number % len(ACTS)]
        done[act] += attempt(partial(own.run, ACTS[act], hold))
    return done


def reserve_at_the_lapse(own: Database, holds: list[Reservation]) -> Counter[str]:
    """Return how often a reserve was granted."""
    done = Counter[str]()
    for hold in holds:
        wait_until(own, hold, 0.001)
        for _ in range(4):
            done["reserve"] += attempt(partial(own.run, reserve, hold.product_id))
    return done


@pytest.mark.soak("R19")
@pytest.mark.timeout(3_600)
def test_by_the_clock_nobody_has_two(connection: Connection, database_url: str, effort: Effort) -> None:
    product_ids = [one_each(connection) for _ in range(effort(PAIRS, PAIRS_IN_AN_HOUR))]
    holds = [reserve(connection, product_id, max_extensions=1) for product_id in product_ids]
    works = [partial(work, holds=holds) for work in (end_around_the_lapse, reserve_at_the_lapse)]
    outcomes = environments_at_once(database_url, works)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert {units(connection, product_id) for product_id in product_ids} <= {0, 1}
    assert connection.execute(OVERLAPS).fetchone() == (0,)
    done = sum((outcome for outcome in outcomes if isinstance(outcome, Counter)), Counter[str]())
    if effort.is_long:  # otherwise the two hardly met
        assert min(done[kind] for kind in ("complete", "extend", "reserve")) >= len(holds) / 30
    effort.done(f"{len(holds)} pairs by the clock: {dict(sorted(done.items()))}, nobody has two")
