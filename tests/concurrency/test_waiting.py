"""Many who wait, and many who return units: served in order of joining, nobody overtaken, and no deadlock."""

import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db.connection import Database
from chalicelib.errors import FlashSaleError, InsufficientStock
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from chalicelib.waiting_list.leave import leave
from tests.clocks import advance as advance
from tests.factories import active, available, lapse_now, product, request, reserve
from tests.lines import join, statuses
from tests.rivals import deadlocks, environments_at_once, notice_deadlocks_early, sweep_again_and_again
from tests.soaking import Effort

UNITS, WAITING, LATE = 20, 200, 20
OVERTAKEN = """
    SELECT served.id, ahead.id FROM waiters AS served
    JOIN journal AS offered ON offered.waiter_id = served.id AND offered.event = 'OFFERED'
    JOIN waiters AS ahead ON ahead.product_id = served.product_id AND ahead.number < served.number
                         AND ahead.quantity <= served.quantity
    LEFT JOIN journal AS ended ON ended.waiter_id = ahead.id AND ended.event <> 'JOINED'
    WHERE ended.id IS NULL OR ended.id > offered.id
"""


def join_one_after_the_other(own: Database, product_id: UUID, shoppers: int) -> None:
    for _ in range(shoppers):
        own.run(join, product_id, uuid4())


def messages_come(own: Database, holds: list[UUID]) -> None:
    for hold in holds:
        own.run(expire, hold)


def reserve_again_and_again(own: Database, product_id: UUID) -> list[str]:
    outcomes = []
    for _ in range(10):
        try:
            outcomes.append(own.run(reserve, request(product_id)).status)
        except InsufficientStock:
            outcomes.append("refused")
    return outcomes


@pytest.mark.soak("R27")
@pytest.mark.timeout(3_600)
def test_two_hundred_wait_for_twenty_units_and_the_first_twenty_get_them(
    connection: Connection, database_url: str, advance: Callable[[float], None], effort: Effort
) -> None:
    sales = effort(1, 30)
    for _ in range(sales):
        product_id = product(connection, slots=[5, 5, 5, 5])
        holds = [active(connection, product_id, hold_seconds=600).id for _ in range(UNITS)]
        joins = [partial(join_one_after_the_other, product_id=product_id, shoppers=WAITING // 40)] * 40
        assert environments_at_once(database_url, joins) == [None] * 40

        advance(601)
        newcomers = [partial(reserve_again_and_again, product_id=product_id)] * 6
        messages = [partial(messages_come, holds=random.sample(holds, UNITS)) for _ in range(3)]
        late = partial(join_one_after_the_other, product_id=product_id, shoppers=LATE)
        outcomes = environments_at_once(database_url, [*newcomers, *messages, sweep, sweep, late])
        assert outcomes[:6] == [["refused"] * 10] * 6
        assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []

        states = [state for _, state, _ in statuses(connection, product_id)]
        assert states == ["OFFERED"] * UNITS + ["WAITING"] * (WAITING - UNITS + LATE)
        assert connection.execute(OVERTAKEN).fetchall() == []
        assert available(connection, product_id) == 0
    assert deadlocks(connection) == 0
    effort.done(f"{sales} times {UNITS} offers to the first {UNITS} of {WAITING + LATE}, nobody overtaken")


SHOPPERS = 8
STEPS, STEPS_IN_AN_HOUR = 120, 12_000
LIMIT, HOLDS_MAX = 3, 4
BEYOND_A_LIMIT = """
    WITH places AS (
        SELECT shopper_id, product_id, quantity, status = 'ACTIVE' AS is_open FROM reservation_now
        WHERE status IN ('ACTIVE', 'COMPLETED')
        UNION ALL
        SELECT shopper_id, product_id, quantity, true FROM waiters WHERE status = 'WAITING'
    )
    SELECT shopper_id FROM places GROUP BY shopper_id, product_id HAVING sum(quantity) > %s
    UNION
    SELECT shopper_id FROM places GROUP BY shopper_id HAVING count(*) FILTER (WHERE is_open) > %s
"""
NOT_SERVED = """
    SELECT id FROM waiters WHERE status = 'WAITING' AND quantity <= (
        SELECT sum(available) FROM stock WHERE stock.product_id = waiters.product_id
    )
"""
NOT_AS_WAITED_FOR = """
    SELECT waiter.id FROM waiters AS waiter LEFT JOIN reservations AS made ON made.id = waiter.reservation_id
    WHERE waiter.status = 'OFFERED' AND (made.product_id, made.shopper_id, made.quantity)
          IS DISTINCT FROM (waiter.product_id, waiter.shopper_id, waiter.quantity)
"""


def shop(own: Database, product_ids: list[UUID], steps: int, seed: int) -> Counter[str]:
    """Do one thing after the other. Several do so as the same shopper, who is another one every twenty steps."""
    chance, seen = random.Random(seed), Counter[str]()
    for number in range(steps):
        shopper_id = UUID(int=1 + seed % 4 + 4 * (number // 20))
        work = chance.choice([wait_in_line, wait_in_line, buy, buy, end_holds, take_out_and_put_in])
        try:
            work(own, chance, chance.choice(product_ids), shopper_id)
            seen[work.__name__] += 1
        except FlashSaleError as error:
            seen[type(error).__name__] += 1
    return seen


def wait_in_line(own: Database, chance: random.Random, product_id: UUID, shopper_id: UUID) -> None:
    mine = own.run(join, product_id, shopper_id, chance.randint(1, 3), hold_seconds=1, max_active_holds=HOLDS_MAX)
    if chance.random() < 0.3:
        own.run(leave, mine.id, shopper_id)


def buy(own: Database, chance: random.Random, product_id: UUID, shopper_id: UUID) -> None:
    asked = request(product_id, chance.randint(1, 3), shopper_id=shopper_id)
    own.run(reserve, asked, hold_seconds=1, max_active_holds=HOLDS_MAX)


def end_holds(own: Database, chance: random.Random, _: UUID, shopper_id: UUID) -> None:
    for hold in own.run(active_holds, shopper_id):
        ending = chance.choice([pay, cancel, message_comes, let_lapse])
        own.run(ending, hold, shopper_id)


def active_holds(connection: Connection, shopper_id: UUID) -> list[UUID]:
    held = "SELECT id FROM reservations WHERE shopper_id = %s AND status = 'ACTIVE'"
    return [hold for (hold,) in connection.execute(held, [shopper_id])]


def pay(connection: Connection, hold: UUID, shopper_id: UUID) -> None:
    bought = complete(connection, hold, shopper_id)
    # As much is put on sale again, or the sale is soon over.
    restock(connection, bought.product_id, bought.quantity, "ada")


def let_lapse(connection: Connection, hold: UUID, _: UUID) -> None:
    lapse_now(connection, hold)


def message_comes(connection: Connection, hold: UUID, _: UUID) -> None:
    lapse_now(connection, hold)
    expire(connection, hold)


def take_out_and_put_in(own: Database, chance: random.Random, product_id: UUID, _: UUID) -> None:
    units = chance.randint(1, 2)
    own.run(restock, product_id, -units, "ada")
    own.run(restock, product_id, units, "ada")


@pytest.mark.soak("R27")
@pytest.mark.timeout(3_600)
def test_joins_leaves_and_returns_together_keep_the_order_and_make_no_deadlock(
    connection: Connection, database_url: str, effort: Effort
) -> None:
    steps = effort(STEPS, STEPS_IN_AN_HOUR)
    notice_deadlocks_early(connection)
    product_ids = [product(connection, slots=[1, 1, 1]), product(connection, slots=[2])]
    connection.execute("UPDATE products SET max_per_shopper = %s", [LIMIT])
    shoppers = [partial(shop, product_ids=product_ids, steps=steps, seed=seed) for seed in range(SHOPPERS)]
    sweeps = [partial(sweep_again_and_again, times=steps // 4)] * 2
    outcomes = environments_at_once(database_url, [*shoppers, *sweeps])
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    seen = sum((outcome for outcome in outcomes if isinstance(outcome, Counter)), Counter[str]())
    assert {"wait_in_line", "buy", "end_holds", "take_out_and_put_in", "InStock", "InsufficientStock"} <= seen.keys()
    assert deadlocks(connection) == 0
    assert connection.execute(OVERTAKEN).fetchall() == []
    assert connection.execute(NOT_AS_WAITED_FOR).fetchall() == []
    assert connection.execute(BEYOND_A_LIMIT, [LIMIT, HOLDS_MAX]).fetchall() == []
    own = Database(database_url)
    sweep(own)
    own.close()
    assert connection.execute(NOT_SERVED).fetchall() == []
    ended = Counter(state for product_id in product_ids for _, state, _ in statuses(connection, product_id))
    assert ended.keys() >= {"OFFERED", "LEFT"}
    effort.done(f"{seen.total()} steps of {SHOPPERS} shoppers, {ended.total()} entries, {ended['OFFERED']} offers")
