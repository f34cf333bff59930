"""Paying in time: the provider is asked once, the payment written down, and no money taken silently."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.catalog.create import insert
from chalicelib.db import connection as database
from chalicelib.db.connection import Database
from chalicelib.db.reservations import Reservation, ReservationStatus
from chalicelib.errors import Busy, NotActive, NotFound, PaymentDeclined, PaymentUsed
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.pay import PaymentAttempt, pay
from chalicelib.payment_provider import Charge, MockProvider
from tests.factories import active, available, product, status
from tests.logs import logged
from tests.paying import HOLD_SECONDS, REFERENCE, Provider, assert_accounted_for, pay_for, recorded

Transition = Callable[[Connection, UUID, UUID], Reservation]


@pytest.fixture
def hold(connection: Connection) -> Reservation:
    """Hold two of ten units at 19.99."""
    return active(connection, product(connection, 10, price="19.99"), 2)


def test_the_mock_completes_the_hold_without_a_reference(
    connection: Connection, environment: Database, hold: Reservation
) -> None:
    attempt = PaymentAttempt(hold.id, ANONYMOUS, None)
    assert pay(environment, MockProvider(), attempt, HOLD_SECONDS).status == ReservationStatus.COMPLETED
    assert status(connection, hold.id)[0] == "COMPLETED"
    assert recorded(connection) == []


def test_a_confirmed_payment_completes_the_hold(
    connection: Connection, environment: Database, hold: Reservation
) -> None:
    reservation = pay_for(environment, hold.id)
    assert (reservation.id, reservation.status) == (hold.id, ReservationStatus.COMPLETED)
    assert recorded(connection) == [(REFERENCE, hold.id, Decimal("39.98"), "SETTLED", hold.id)]
    assert available(connection, hold.product_id) == 8
    assert_accounted_for(connection)


def test_the_provider_is_asked_for_the_price_at_which_it_was_reserved(
    connection: Connection, environment: Database, hold: Reservation
) -> None:
    connection.execute("UPDATE products SET price = 99")
    provider = Provider()
    pay_for(environment, hold.id, provider=provider)
    assert provider.asked == [(REFERENCE, Charge(hold.id, ANONYMOUS, Decimal("39.98"), "USD"))]


def test_the_provider_is_asked_for_the_currency_of_the_product(
    connection: Connection, environment: Database, hold: Reservation
) -> None:
    insert(connection, product_id := uuid4(), {"name": "A lamp", "price": Decimal(1199), "currency": "JPY"}, 1)
    in_yen, provider = active(connection, product_id), Provider()
    pay_for(environment, in_yen.id, "in-yen", provider=provider), pay_for(environment, hold.id, provider=provider)
    assert [(charge.amount, charge.currency) for _, charge in provider.asked] == [
        (1199, "JPY"),
        (Decimal("39.98"), "USD"),
    ]


def test_repeating_it_gives_the_same_and_asks_the_provider_no_more(
    connection: Connection, environment: Database, hold: Reservation
) -> None:
    provider = Provider()
    first, second = (pay_for(environment, hold.id, provider=provider) for _ in range(2))
    assert first == second
    assert (len(provider.asked), len(recorded(connection))) == (1, 1)


def test_the_provider_is_asked_outside_any_transaction(
    database_url: str, environment: Database, hold: Reservation
) -> None:
    def open_transactions() -> None:
        with database.connect(database_url) as watcher:
            seen.extend(
                watcher.execute(
                    "SELECT query FROM pg_stat_activity WHERE datname = current_database()"
                    " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
                )
            )

    seen: list[object] = []
    pay_for(environment, hold.id, provider=(provider := Provider(open_transactions)))
    assert (len(provider.asked), seen) == (1, [])


def test_a_declined_payment_completes_nothing(connection: Connection, environment: Database, hold: Reservation) -> None:
    with pytest.raises(PaymentDeclined):
        pay_for(environment, hold.id, "declined-1")
    assert status(connection, hold.id) == ("ACTIVE", None)
    assert recorded(connection) == []
    assert pay_for(environment, hold.id).status == ReservationStatus.COMPLETED


def test_while_the_provider_gives_no_answer_nothing_is_decided(
    connection: Connection, environment: Database, hold: Reservation
) -> None:
    def fail() -> None:
        raise Busy

    with pytest.raises(Busy):
        pay_for(environment, hold.id, provider=Provider(fail))
    assert (status(connection, hold.id), recorded(connection)) == (("ACTIVE", None), [])
    assert pay_for(environment, hold.id).status == ReservationStatus.COMPLETED


def test_a_payment_pays_for_one_reservation_only(
    connection: Connection, environment: Database, hold: Reservation
) -> None:
    other = active(connection, hold.product_id, 2)
    pay_for(environment, hold.id)
    before, provider = recorded(connection), Provider()
    with pytest.raises(PaymentUsed):
        pay_for(environment, other.id, provider=provider)
    assert status(connection, other.id) == ("ACTIVE", None)
    assert (recorded(connection), provider.asked) == (before, [])


def test_neither_an_unknown_reservation_nor_another_shoppers_is_found(
    connection: Connection, environment: Database, hold: Reservation
) -> None:
    provider = Provider()
    for reservation_id, shopper_id in ((uuid4(), ANONYMOUS), (hold.id, uuid4())):
        with pytest.raises(NotFound):
            pay_for(environment, reservation_id, provider=provider, shopper_id=shopper_id)
    assert status(connection, hold.id) == ("ACTIVE", None)
    assert (recorded(connection), provider.asked) == ([], [])


@pytest.mark.parametrize(("ending", "final"), [(cancel, "CANCELLED"), (complete, "COMPLETED")])
def test_a_payment_for_what_ended_otherwise_must_be_refunded(
    connection: Connection, environment: Database, hold: Reservation, ending: Transition, final: str
) -> None:
    ended, provider = ending(connection, hold.id, ANONYMOUS), Provider()
    before = available(connection, hold.product_id)
    for _ in range(2):
        with pytest.raises(NotActive) as refusal:
            pay_for(environment, hold.id, provider=provider)
        assert (refusal.value.status, refusal.value.payment_reference) == (final, REFERENCE)
    assert (status(connection, hold.id)[0], available(connection, hold.product_id)) == (final, before)
    assert recorded(connection) == [(REFERENCE, ended.id, Decimal("39.98"), "REFUND_REQUIRED", None)]
    assert len(provider.asked) == 1


def test_a_second_payment_for_what_was_paid_must_be_refunded(
    connection: Connection, environment: Database, hold: Reservation
) -> None:
    first = pay_for(environment, hold.id, "first")
    with pytest.raises(NotActive) as refusal:
        pay_for(environment, hold.id, "second")
    assert (refusal.value.status, refusal.value.payment_reference) == ("COMPLETED", "second")
    assert [(reference, outcome) for reference, _, _, outcome, _ in recorded(connection)] == [
        ("first", "SETTLED"),
        ("second", "REFUND_REQUIRED"),
    ]
    assert pay_for(environment, hold.id, "first") == first
    assert_accounted_for(connection)


def test_what_was_cancelled_while_the_provider_was_asked_is_not_completed(
    connection: Connection, environment: Database, hold: Reservation
) -> None:
    with pytest.raises(NotActive) as refusal:
        pay_for(environment, hold.id, provider=Provider(lambda: cancel(connection, hold.id, ANONYMOUS)))
    assert refusal.value.payment_reference == REFERENCE
    assert available(connection, hold.product_id) == 10
    assert_accounted_for(connection)


def test_a_declined_payment_for_what_was_cancelled_needs_no_refund(
    connection: Connection, environment: Database, hold: Reservation
) -> None:
    cancel(connection, hold.id, ANONYMOUS)
    with pytest.raises(PaymentDeclined):
        pay_for(environment, hold.id, "declined-1")
    assert recorded(connection) == []


def test_the_log_says_what_must_be_refunded(connection: Connection, environment: Database, hold: Reservation) -> None:
    cancel(connection, hold.id, ANONYMOUS)
    with logged() as lines, pytest.raises(NotActive):
        pay_for(environment, hold.id)
    line = lines.about("refund required")
    assert (line["reservation_id"], line["payment_reference"]) == (str(hold.id), REFERENCE)
