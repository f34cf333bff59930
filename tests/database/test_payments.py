"""The table of payments: what can't be true of a payment can't be written down, whoever writes it."""

import pytest
from psycopg import Connection
from psycopg.errors import CheckViolation, UniqueViolation

from chalicelib.db.connection import Database
from tests.factories import active, lapsed, product
from tests.paying import pay_for, recorded

SETTLED = """
    INSERT INTO payments (reference, reservation_id, amount, outcome, completed_id)
    VALUES (%s, %s, 10, 'SETTLED', %s)
"""


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
    with pytest.raises(UniqueViolation) as refusal:
        connection.execute(SETTLED, ["another", other.id, hold.id])
    assert refusal.value.diag.constraint_name == "payments_complete_a_reservation_once"


def test_two_payments_never_buy_the_same_lapsed_reservation(connection: Connection, environment: Database) -> None:
    product_id = product(connection)
    hold, other = lapsed(connection, product_id), active(connection, product_id)
    pay_for(environment, hold.id)
    with pytest.raises(UniqueViolation) as refusal:
        connection.execute(SETTLED, ["another", hold.id, other.id])
    assert refusal.value.diag.constraint_name == "payments_settled_once"
