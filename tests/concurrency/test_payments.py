"""Many payments at once: one answer for each payment, and each one accounted for."""

from collections import Counter
from collections.abc import Callable
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.db.connection import Database
from chalicelib.db.reservations import Reservation
from chalicelib.errors import NotActive, PaymentUsed, RefundRequired
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.expire import expire
from tests.factories import active, available, completed, lapsed, product
from tests.paying import assert_accounted_for, pay_for, recorded
from tests.rivals import environments_at_once

Payer = Callable[[Database], Reservation]


def payer(reservation_id: UUID, reference: str = "payment-1", shopper_id: UUID = ANONYMOUS) -> Payer:
    """Pay from an environment."""
    return lambda own: pay_for(own, reservation_id, reference, shopper_id=shopper_id)


def answers(outcomes: list[Reservation | Exception]) -> Counter[str]:
    """Count what was answered, reservations by their ids."""
    return Counter(str(one.id) if isinstance(one, Reservation) else type(one).__name__ for one in outcomes)


@pytest.mark.parametrize("shopper_id", [ANONYMOUS, UUID(int=7)])
@pytest.mark.parametrize("made", [active, lapsed])
def test_twenty_times_the_same_payment_at_once_buys_one_reservation(
    connection: Connection, database_url: str, made: Callable[..., Reservation], shopper_id: UUID
) -> None:
    product_id = product(connection, slots=[3, 3])
    hold = made(connection, product_id, 2, shopper_id=shopper_id)
    outcomes = environments_at_once(database_url, [payer(hold.id, shopper_id=shopper_id)] * 20)
    [(_, _, _, outcome, bought)] = recorded(connection)
    assert (outcome, answers(outcomes)) == ("SETTLED", {str(bought): 20})
    expire(connection, hold.id)
    assert available(connection, product_id) == 4
    assert_accounted_for(connection)


def test_twenty_times_the_same_payment_at_once_is_refunded_once(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 2)
    hold = lapsed(connection, product_id, 2)
    completed(connection, product_id, 2)
    outcomes = environments_at_once(database_url, [payer(hold.id)] * 20)
    assert answers(outcomes) == {"RefundRequired": 20}
    assert [outcome for _, _, _, outcome, _ in recorded(connection)] == ["REFUND_REQUIRED"]


@pytest.mark.parametrize("made", [active, lapsed])
def test_of_two_reservations_paid_with_one_payment_at_once_one_is_bought(
    connection: Connection, database_url: str, made: Callable[..., Reservation]
) -> None:
    for number in range(10):
        product_id = product(connection, 4)
        holds = [made(connection, product_id, 2) for _ in range(2)]
        outcomes = environments_at_once(database_url, [payer(hold.id, f"payment-{number}") for hold in holds])
        assert sum(isinstance(one, PaymentUsed) for one in outcomes) == 1
    assert len(recorded(connection)) == 10
    assert_accounted_for(connection)


@pytest.mark.parametrize(("made", "refusal"), [(active, NotActive), (lapsed, RefundRequired)])
def test_of_many_payments_for_one_reservation_one_buys_it(
    connection: Connection, database_url: str, made: Callable[..., Reservation], refusal: type[Exception]
) -> None:
    product_id = product(connection, 20)
    hold = made(connection, product_id, 2)
    outcomes = environments_at_once(database_url, [payer(hold.id, f"payment-{number}") for number in range(8)])
    assert sum(isinstance(one, refusal) for one in outcomes) == 7
    assert Counter(outcome for _, _, _, outcome, _ in recorded(connection)) == {"SETTLED": 1, "REFUND_REQUIRED": 7}
    expire(connection, hold.id)
    assert available(connection, product_id) == 18
    assert_accounted_for(connection)


def test_late_payments_for_more_than_there_is_buy_just_that(connection: Connection, database_url: str) -> None:
    product_id = product(connection, slots=[4, 4])
    holds = []
    for _ in range(12):
        holds.append(lapsed(connection, product_id, 1))
        expire(connection, holds[-1].id)
    outcomes = environments_at_once(
        database_url, [payer(hold.id, f"payment-{number}") for number, hold in enumerate(holds)]
    )
    assert sum(isinstance(one, RefundRequired) for one in outcomes) == 4
    assert available(connection, product_id) == 0
    assert_accounted_for(connection)
