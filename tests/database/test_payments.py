"""The table of payments: what can't be true of a payment can't be written down, whoever writes it."""

import pytest
from psycopg import Connection
from psycopg.errors import CheckViolation, UniqueViolation

from chalicelib.db import payments
from chalicelib.db.connection import Database
from chalicelib.db.payments import Payment
from tests.factories import active, lapsed, product
from tests.paying import REFERENCE, pay_for, recorded


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("reference = ''", "payments_reference_length_in_range"),
        ("reference = repeat('r', 256)", "payments_reference_length_in_range"),
        ("amount = -0.01", "payments_amount_not_negative"),
        ("outcome = 'REFUND_REQUIRED'", "payments_completed_if_settled"),
        ("completed_id = NULL", "payments_completed_if_settled"),
    ],
)
def test_a_payment_that_can_not_be_is_refused(
    connection: Connection, environment: Database, change: str, constraint: str
) -> None:
    pay_for(environment, active(connection, product(connection)).id)
    before = recorded(connection)
    with pytest.raises(CheckViolation) as refusal:
        connection.execute(f"UPDATE payments SET {change}")
    assert refusal.value.diag.constraint_name == constraint
    assert recorded(connection) == before


def test_two_payments_never_complete_the_same_reservation(connection: Connection, environment: Database) -> None:
    product_id = product(connection)
    hold, other = active(connection, product_id), active(connection, product_id)
    pay_for(environment, hold.id)
    with pytest.raises(UniqueViolation) as refusal, connection.transaction():
        payments.record(connection, Payment("another", other.id, other.unit_price), hold.id)
    assert refusal.value.diag.constraint_name == "payments_complete_a_reservation_once"


def test_two_payments_never_buy_the_same_lapsed_reservation(connection: Connection, environment: Database) -> None:
    product_id = product(connection)
    hold, other = lapsed(connection, product_id), active(connection, product_id)
    pay_for(environment, hold.id)
    with pytest.raises(UniqueViolation) as refusal, connection.transaction():
        payments.record(connection, Payment("another", hold.id, hold.unit_price), other.id)
    assert refusal.value.diag.constraint_name == "payments_settled_once"


def test_a_payment_is_only_written_down_inside_a_transaction(connection: Connection) -> None:
    hold = active(connection, product(connection))
    for write in (
        lambda: payments.lock(connection, hold.id),
        lambda: payments.record(connection, Payment(REFERENCE, hold.id, hold.unit_price), None),
    ):
        with pytest.raises(RuntimeError, match="inside a transaction"):
            write()
    assert recorded(connection) == []
