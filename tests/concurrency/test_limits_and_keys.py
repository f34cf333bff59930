"""One shopper pressing many times at once: limits and idempotency keys stay exact."""

from collections import Counter
from functools import partial
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.db.reservations import ReservePolicy
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.reserve import Reserved, reserve
from tests.factories import available, product, request
from tests.faults.dying import CRASHED, die_before_the_reply
from tests.processes import started
from tests.rivals import at_once
from tests.soaking import Effort


def press(connection: Connection, product_id: UUID, shopper_id: UUID, key: str | None = None) -> Reserved:
    """Reserve one unit under the policy of a real sale."""
    policy = ReservePolicy(hold_seconds=120, max_active_holds=5, lapses_before_cooldown=3, cooldown_seconds=60)
    return reserve(connection, request(product_id, shopper_id=shopper_id, key=key), policy)


def kinds(outcomes: list[Reserved | Exception]) -> Counter[str]:
    return Counter(type(outcome).__name__ for outcome in outcomes)


@pytest.mark.soak("R17")
@pytest.mark.timeout(3_600)
def test_two_hundred_at_once_against_a_limit_of_one(connection: Connection, database_url: str, effort: Effort) -> None:
    product_id, times = product(connection, 1_000), effort(1, 60)
    connection.execute("UPDATE products SET max_per_shopper = 1")
    for _ in range(times):
        shopper_id = uuid4()
        outcomes = at_once(database_url, [partial(press, product_id=product_id, shopper_id=shopper_id)] * 200)
        assert kinds(outcomes) == {"Reserved": 1, "LimitExceeded": 199}
    assert available(connection, product_id) == 1_000 - times
    effort.done(f"{times} shoppers, 200 reserves each at once: one granted to each")


def test_many_at_once_over_several_products_against_a_cap_of_five_holds(
    connection: Connection, database_url: str
) -> None:
    products, shopper_id = [product(connection, 100) for _ in range(10)], uuid4()
    outcomes = at_once(database_url, [partial(press, product_id=one, shopper_id=shopper_id) for one in products * 5])
    assert kinds(outcomes) == {"Reserved": 5, "TooManyHolds": 45}


def test_the_limit_is_each_shoppers_own(connection: Connection, database_url: str) -> None:
    product_id, shoppers = product(connection, 1_000), [uuid4() for _ in range(10)]
    connection.execute("UPDATE products SET max_per_shopper = 2")
    outcomes = at_once(database_url, [partial(press, product_id=product_id, shopper_id=one) for one in shoppers * 5])
    assert kinds(outcomes) == {"Reserved": 20, "LimitExceeded": 30}


def test_twenty_at_once_with_the_same_key_reserve_once(connection: Connection, database_url: str) -> None:
    for shopper_id in (uuid4(), ANONYMOUS):
        product_id = product(connection, 1_000)
        works = [partial(press, product_id=product_id, shopper_id=shopper_id, key="one")] * 20
        outcomes = at_once(database_url, works)
        assert kinds(outcomes) == {"Reserved": 20}
        assert len({outcome.reservation.id for outcome in outcomes if isinstance(outcome, Reserved)}) == 1
        assert available(connection, product_id) == 999


def test_a_crash_between_commit_and_reply_and_twenty_retries_at_once_make_one_reservation(
    connection: Connection, database_url: str
) -> None:
    product_id = product(connection, 1_000)
    process = started(die_before_the_reply, database_url, product_id, "once")
    process.join()
    assert process.exitcode == CRASHED
    assert available(connection, product_id) == 999
    works = [partial(press, product_id=product_id, shopper_id=ANONYMOUS, key="once")] * 20
    outcomes = at_once(database_url, works)
    assert [outcome.replayed for outcome in outcomes if isinstance(outcome, Reserved)] == [True] * 20
    bodies = {outcome.reservation for outcome in outcomes if isinstance(outcome, Reserved)}
    assert len(bodies) == 1
    assert available(connection, product_id) == 999
