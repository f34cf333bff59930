"""Refunds that an admin has dealt with: recorded once, whoever says it how often."""

from typing import Any

from psycopg import Connection

from chalicelib.db.payments import Refund, list_refunds, settle_refund
from tests.factories import completed, lapsed, product
from tests.paying import settle
from tests.rivals import Rival


def refund(connection: Connection, reference: str) -> None:
    """Pay for a lapsed hold whose units are gone."""
    product_id = product(connection, 1)
    hold = lapsed(connection, product_id)
    completed(connection, product_id)
    assert settle(connection, hold, reference)[0] == "refund-required"


def settled(connection: Connection, reference: str, made_by: str = "ada") -> Refund:
    found = settle_refund(connection, reference, made_by)
    assert found is not None
    return found


def changes(connection: Connection) -> list[Any]:
    return connection.execute("SELECT made_by, action, details FROM admin_changes ORDER BY id").fetchall()


def test_a_refund_is_open_until_an_admin_settles_it(connection: Connection) -> None:
    refund(connection, "pay-1")
    (before,) = list_refunds(connection, 10)
    assert (before.settled_at, before.settled_by) == (None, None)
    after = settled(connection, "pay-1")
    assert after.settled_at is not None
    assert after.settled_by == "ada"
    assert list_refunds(connection, 10) == [after]
    assert changes(connection) == [("ada", "settle", {"paymentReference": "pay-1"})]


def test_a_refund_is_settled_by_the_first(connection: Connection) -> None:
    refund(connection, "pay-1")
    first = settled(connection, "pay-1", "ada")
    assert settled(connection, "pay-1", "bob") == first
    assert len(changes(connection)) == 1


def test_of_two_admins_at_once_the_first_settles(connection: Connection, database_url: str) -> None:
    refund(connection, "pay-1")
    with Rival(database_url) as bob:
        with connection.transaction():
            first = settled(connection, "pay-1", "ada")
            bob.start(lambda own: settled(own, "pay-1", "bob"))
        assert bob.result() == first
    assert len(changes(connection)) == 1


def test_what_needs_no_refund_is_not_settled(connection: Connection) -> None:
    hold = completed(connection, product(connection))
    connection.execute(
        "INSERT INTO payments (reference, reservation_id, amount, outcome, completed_id)"
        " VALUES ('pay-1', %(id)s, 10, 'SETTLED', %(id)s)",
        {"id": hold.id},
    )
    for reference in ("pay-1", "pay-2"):
        assert settle_refund(connection, reference, "ada") is None
    assert changes(connection) == []


def test_refunds_are_listed_by_whether_they_are_open(connection: Connection) -> None:
    for number in range(3):
        refund(connection, f"pay-{number}")
    settled(connection, "pay-1")
    listed = {
        is_open: [one.payment_reference for one in list_refunds(connection, 10, is_open=is_open)]
        for is_open in (True, False, None)
    }
    assert listed == {True: ["pay-2", "pay-0"], False: ["pay-1"], None: ["pay-2", "pay-1", "pay-0"]}
    assert [one.payment_reference for one in list_refunds(connection, 10, "pay-2", is_open=True)] == ["pay-0"]
