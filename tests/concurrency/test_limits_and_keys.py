"""One shopper pressing many times at once: limits and idempotency keys stay exact."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.db.reservations import ReservePolicy
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.reserve import Reserved, reserve
from tests.factories import active, available, product, request
from tests.faults.dying import CRASHED, die_before_the_reply, send_reserve
from tests.paying import settle
from tests.processes import side_by_side, started
from tests.rivals import DEADLINE_SECONDS, at_once, lock_shopper
from tests.soaking import Effort
from tests.waiting import eventually


def press(connection: Connection, product_id: UUID, shopper_id: UUID, key: str | None = None) -> Reserved:
    """Reserve one unit under the policy of a real sale."""
    policy = ReservePolicy(hold_seconds=120, max_active_holds=5, lapses_before_cooldown=3, cooldown_seconds=60)
    return reserve(connection, request(product_id, shopper_id=shopper_id, key=key), policy)


def kinds(outcomes: Sequence[object]) -> Counter[str]:
    return Counter(type(outcome).__name__ for outcome in outcomes)


@pytest.mark.soak("R17")
@pytest.mark.timeout(3_600)
def test_two_hundred_at_once_against_a_limit_of_one(connection: Connection, database_url: str, effort: Effort) -> None:
    product_id, times = product(connection, 1_000), effort(1, 60)
    connection.execute("UPDATE products SET max_per_shopper = 1")
    for _ in range(times):
        shopper_id = uuid4()
        outcomes = at_once(database_url, [partial(press, product_id=product_id, shopper_id=shopper_id)] * 200)
        found = kinds(outcomes)
        assert found["Reserved"] == 1
        assert found["LimitExceeded"] + found["TooManyAtOnce"] == 199
    assert available(connection, product_id) == 1_000 - times
    effort.done(f"{times} shoppers, 200 reserves each at once: one granted to each")


def test_many_at_once_over_several_products_against_a_cap_of_five_holds(
    connection: Connection, database_url: str
) -> None:
    products, shopper_id = [product(connection, 100) for _ in range(10)], uuid4()
    outcomes = at_once(database_url, [partial(press, product_id=one, shopper_id=shopper_id) for one in products * 5])
    found = kinds(outcomes)
    assert found["Reserved"] == 5
    assert found["TooManyHolds"] + found["TooManyAtOnce"] == 45


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


def test_twenty_requests_of_a_shopper_wait_and_the_others_are_refused_without_waiting(
    connection: Connection, database_url: str
) -> None:
    product_id, shopper_id = product(connection, 1_000), uuid4()
    hold = active(connection, product_id, shopper_id=shopper_id)
    reserving = partial(press, product_id=product_id, shopper_id=shopper_id)
    completing = partial(complete, reservation_id=hold.id, shopper_id=shopper_id)
    with ThreadPoolExecutor(24) as threads:
        with connection.transaction():
            lock_shopper(connection, shopper_id)
            answers = [threads.submit(at_once, database_url, [work]) for work in [reserving, completing] * 12]
            eventually(lambda: sum(answer.done() for answer in answers) == 4, within=DEADLINE_SECONDS)
            refused = kinds([answer.result()[0] for answer in answers if answer.done()])
            strangers = at_once(database_url, [partial(press, product_id=product_id, shopper_id=uuid4())])
        outcomes = kinds([answer.result()[0] for answer in answers])
    assert (refused, kinds(strangers)) == ({"TooManyAtOnce": 4}, {"Reserved": 1})
    assert outcomes["TooManyAtOnce"] == 4
    assert outcomes["Reserved"] + outcomes["Reservation"] + outcomes["TooManyHolds"] == 20


def test_twenty_payments_of_a_hold_wait_and_the_others_are_refused(connection: Connection, database_url: str) -> None:
    product_id, shopper_id = product(connection, 1), uuid4()
    hold = active(connection, product_id, shopper_id=shopper_id)
    payments = [partial(settle, hold=hold, reference=f"payment-{number}") for number in range(24)]
    with ThreadPoolExecutor(24) as threads, connection.transaction():
        lock_shopper(connection, shopper_id)
        answers = [threads.submit(at_once, database_url, [payment]) for payment in payments]
        eventually(lambda: sum(answer.done() for answer in answers) == 4, within=DEADLINE_SECONDS)
        refused = kinds([answer.result()[0] for answer in answers if answer.done()])
    assert refused == {"TooManyAtOnce": 4}


@pytest.mark.parametrize("shopper_id", [None, uuid4()], ids=["of nobody", "of a shopper"])
def test_a_crash_between_commit_and_reply_and_twenty_retries_at_once_make_one_reservation(
    connection: Connection, database_url: str, shopper_id: UUID | None
) -> None:
    product_id = product(connection, 1_000)
    asked = (database_url, product_id, "once", shopper_id)
    process = started(die_before_the_reply, *asked)
    process.join()
    assert process.exitcode == CRASHED
    assert available(connection, product_id) == 999
    replies = side_by_side([partial(send_reserve, *asked)] * 20)
    assert [reply.status for reply in replies] == [201] * 20
    assert len({reply.body for reply in replies}) == 1
    assert available(connection, product_id) == 999
