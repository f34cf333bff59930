"""The waiting list at the same time as something else: whoever joins, leaves and returns units waits where it must."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection
from psycopg.errors import LockNotAvailable

from chalicelib.catalog.restock import restock
from chalicelib.db import connection as database
from chalicelib.db import reservations
from chalicelib.errors import InStock, InsufficientStock, NotWaiting
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.expire import expire
from chalicelib.lifecycle.release import release
from chalicelib.waiting_list.leave import leave
from tests.factories import active, available, let_lapse, product, status
from tests.lines import entry, join, statuses
from tests.reserving import OTHER, SHOPPER, reserve
from tests.rivals import Rival, lock_waiting_list

pytestmark = pytest.mark.slow

FIRST, SECOND, THIRD = uuid4(), uuid4(), uuid4()


def sold_out(connection: Connection, units: int = 1) -> tuple[UUID, list[UUID]]:
    """Return a product and its holds of one unit each."""
    product_id = product(connection, units)
    return product_id, [active(connection, product_id, shopper_id=SHOPPER).id for _ in range(units)]


def states(connection: Connection, product_id: UUID) -> list[str]:
    return [state for _, state, _ in statuses(connection, product_id)]


def test_a_join_waits_for_who_returns_units_and_finds_them_in_stock(connection: Connection, database_url: str) -> None:
    product_id, (hold,) = sold_out(connection)
    with Rival(database_url) as joining:
        with connection.transaction():
            cancel(connection, hold, SHOPPER)
            joining.start(lambda own: join(own, product_id, FIRST))
        with pytest.raises(InStock):
            joining.result()
    assert states(connection, product_id) == []


def test_a_join_waits_for_a_return_that_is_rolled_back(connection: Connection, database_url: str) -> None:
    product_id, (hold,) = sold_out(connection)
    with Rival(database_url) as joining:
        with connection.transaction(force_rollback=True):
            cancel(connection, hold, SHOPPER)
            joining.start(lambda own: join(own, product_id, FIRST))
        assert joining.result().position == 1
    cancel(connection, hold, SHOPPER)
    assert states(connection, product_id) == ["OFFERED"]


def sweep_one(own: Connection, product_id: UUID, _: UUID) -> None:
    reservations.sweep_slot(own, product_id, 0, 500)


def reserve_as_newcomer(own: Connection, product_id: UUID, _: UUID) -> None:
    with pytest.raises(InsufficientStock):
        reserve(own, product_id, shopper_id=OTHER)


RETURNS: list[tuple[float, Callable[[Connection, UUID, UUID], Any]]] = [  # how far the clock is turned, and the return
    (0, lambda own, _, hold: cancel(own, hold, SHOPPER)),
    (0, lambda own, _, hold: release(own, hold, "ada")),
    (0, lambda own, product_id, _: restock(own, product_id, 1, "ada")),
    (121, lambda own, _, hold: expire(own, hold)),
    (121, sweep_one),
    (121, reserve_as_newcomer),
]


@pytest.mark.parametrize(("seconds", "returned"), RETURNS)
def test_who_returns_units_waits_for_a_join_and_serves_it(
    connection: Connection,
    database_url: str,
    advance: Callable[[float], None],
    seconds: float,
    returned: Callable[[Connection, UUID, UUID], Any],
) -> None:
    product_id, (hold,) = sold_out(connection)
    with Rival(database_url) as returning:
        with connection.transaction():
            join(connection, product_id, FIRST)
            advance(seconds)
            returning.start(lambda own: returned(own, product_id, hold))
        returning.result()
    assert (states(connection, product_id), available(connection, product_id)) == (["OFFERED"], 0)


def test_two_joins_at_once_stand_one_after_the_other(connection: Connection, database_url: str) -> None:
    product_id, _ = sold_out(connection)
    with Rival(database_url) as second:
        with connection.transaction():
            first = join(connection, product_id, FIRST)
            second.start(lambda own: join(own, product_id, SECOND))
        assert (first.position, second.result().position) == (1, 2)


def test_two_returns_at_once_serve_two_in_order(connection: Connection, database_url: str) -> None:
    product_id, holds = sold_out(connection, 2)
    for shopper in (FIRST, SECOND, THIRD):
        join(connection, product_id, shopper)
    with Rival(database_url) as returning:
        with connection.transaction():
            cancel(connection, holds[0], SHOPPER)
            returning.start(lambda own: cancel(own, holds[1], SHOPPER))
        returning.result()
    assert states(connection, product_id) == ["OFFERED", "OFFERED", "WAITING"]


def test_two_returns_at_once_make_one_offer(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[1, 1])
    holds = [active(connection, product_id, shopper_id=SHOPPER).id for _ in range(2)]
    join(connection, product_id, FIRST, 2)
    with Rival(database_url) as returning:
        with connection.transaction():
            cancel(connection, holds[0], SHOPPER)
            returning.start(lambda own: cancel(own, holds[1], SHOPPER))
        returning.result()
    assert states(connection, product_id) == ["OFFERED"]


def test_who_leaves_too_late_has_an_offer(connection: Connection, database_url: str) -> None:
    product_id, (hold,) = sold_out(connection)
    mine = join(connection, product_id, FIRST)
    with Rival(database_url) as leaving:
        with connection.transaction():
            cancel(connection, hold, SHOPPER)
            leaving.start(lambda own: leave(own, mine.id, FIRST))
        with pytest.raises(NotWaiting) as refusal:
            leaving.result()
    assert refusal.value.reservation_id == entry(connection, mine).reservation_id


def test_the_place_of_who_leaves_goes_to_the_next(connection: Connection, database_url: str) -> None:
    product_id, (hold,) = sold_out(connection)
    mine = join(connection, product_id, FIRST)
    join(connection, product_id, SECOND)
    with Rival(database_url) as returning:
        with connection.transaction():
            leave(connection, mine.id, FIRST)
            returning.start(lambda own: cancel(own, hold, SHOPPER))
        returning.result()
    assert states(connection, product_id) == ["LEFT", "OFFERED"]


def test_a_hand_over_that_is_rolled_back_leaves_the_unit_to_the_next_one(
    connection: Connection, database_url: str
) -> None:
    product_id, holds = sold_out(connection, 2)
    for shopper in (FIRST, SECOND):
        join(connection, product_id, shopper)
    with Rival(database_url) as returning:
        with connection.transaction(force_rollback=True):
            cancel(connection, holds[0], SHOPPER)
            returning.start(lambda own: cancel(own, holds[1], SHOPPER))
        returning.result()
    assert states(connection, product_id) == ["OFFERED", "WAITING"]
    assert [status(connection, hold)[0] for hold in holds] == ["ACTIVE", "CANCELLED"]


@pytest.mark.parametrize("work", [lambda own, it, _: join(own, it, FIRST), lambda own, _, it: cancel(own, it, SHOPPER)])
def test_whose_session_is_killed_has_done_nothing(
    connection: Connection, database_url: str, work: Callable[[Connection, UUID, UUID], Any]
) -> None:
    product_id, holds = sold_out(connection, 2)
    join(connection, product_id, SECOND)
    doomed = database.connect(database_url)
    doomed.execute("BEGIN")
    with Rival(database_url) as returning:
        work(doomed, product_id, holds[0])
        returning.start(lambda own: cancel(own, holds[1], SHOPPER))
        connection.execute("SELECT pg_terminate_backend(%s, 10000)", [doomed.info.backend_pid])
        returning.result()
    doomed.close()
    assert statuses(connection, product_id) == [(SECOND, "OFFERED", None)]
    assert [status(connection, hold)[0] for hold in holds] == ["ACTIVE", "CANCELLED"]


@pytest.mark.parametrize("rolled_back", [False, True])
def test_units_that_a_newcomer_leaves_are_handed_over(
    connection: Connection, database_url: str, *, rolled_back: bool
) -> None:
    """In stock are 3 units, one too few for whoever waits. A newcomer is about to take one while 2 more return."""
    product_id = product(connection, slots=[3, 2])
    large, small = (active(connection, product_id, units, shopper_id=SHOPPER).id for units in (3, 2))
    join(connection, product_id, FIRST, 4)
    cancel(connection, large, SHOPPER)
    with Rival(database_url) as returning:
        with connection.transaction(force_rollback=rolled_back):
            reserve(connection, product_id, 1, OTHER)
            returning.begin(lambda own: cancel(own, small, SHOPPER))
        returning.result()
    assert states(connection, product_id) == ["OFFERED"]
    assert available(connection, product_id) == rolled_back


def hand_over(connection: Connection, product_id: UUID) -> None:
    connection.execute("SELECT lock_waiting_list(%s)", [product_id])


@pytest.mark.parametrize("busy", [lock_waiting_list, hand_over])
def test_a_message_that_may_not_wait_does_not_wait_for_the_list(
    connection: Connection, database_url: str, busy: Callable[[Connection, UUID], None]
) -> None:
    product_id = product(connection, 1)
    hold = active(connection, product_id).id
    join(connection, product_id, FIRST)
    let_lapse(connection, hold)
    with Rival(database_url) as message:
        with connection.transaction():
            busy(connection, product_id)
            assert not message.begin(lambda own: reservations.expire(own, hold, wait=False))
        with pytest.raises(LockNotAvailable):
            message.result()


def test_a_message_that_may_not_wait_does_not_wait_for_units_in_another_slot(
    connection: Connection, database_url: str
) -> None:
    product_id = product(connection, slots=[1, 1])
    holds = [active(connection, product_id, shopper_id=SHOPPER).id for _ in range(2)]
    join(connection, product_id, FIRST, 2)
    cancel(connection, holds[0], SHOPPER)
    let_lapse(connection, holds[1])
    with Rival(database_url) as message:
        with connection.transaction():
            reserve(connection, product_id, 1, OTHER)
            assert not message.begin(lambda own: reservations.expire(own, holds[1], wait=False))
        with pytest.raises(LockNotAvailable):
            message.result()
