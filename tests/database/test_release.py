"""An admin's release of a hold: units come back at once, exactly once, and the shopper has no disadvantage."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.db.holds import Listed
from chalicelib.db.reservations import Reservation
from chalicelib.errors import CoolingDown, NotActive, NotFound, ReservationExpired
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from chalicelib.lifecycle.release import release
from tests.factories import active, available, lapsed, product, status
from tests.reserving import SHOPPER, refused, reserve
from tests.rivals import Rival, lock_hold


def released(connection: Connection, reservation_id: UUID) -> Listed:
    return release(connection, reservation_id, "ada")


def changes(connection: Connection) -> list[Any]:
    return connection.execute("SELECT made_by, product_id, action, details FROM admin_changes ORDER BY id").fetchall()


def test_the_units_come_back_and_the_record_names_the_admin(connection: Connection) -> None:
    product_id = product(connection, 5)
    hold = active(connection, product_id, 2, shopper_id=SHOPPER)
    found = released(connection, hold.id)
    assert (found.reservation.status, found.ended_by) == ("CANCELLED", "admin")
    assert found.reservation.ended_at is not None
    assert available(connection, product_id) == 5
    assert changes(connection) == [("ada", product_id, "release", {"reservationId": str(hold.id), "quantity": 2})]
    entries = "SELECT event, quantity, by FROM journal WHERE reservation_id = %s"
    assert connection.execute(entries, [hold.id]).fetchall() == [("CANCELLED", 2, "admin")]


def test_a_repeated_release_changes_nothing(connection: Connection) -> None:
    product_id = product(connection, 5)
    hold = active(connection, product_id, 2)
    assert released(connection, hold.id) == released(connection, hold.id)
    assert available(connection, product_id) == 5
    assert len(changes(connection)) == 1


@pytest.mark.parametrize(
    ("ending", "final"), [(complete, "COMPLETED"), (cancel, "CANCELLED")], ids=["completed", "cancelled"]
)
def test_what_the_shopper_has_ended_is_refused(
    connection: Connection, ending: Callable[[Connection, UUID, UUID], Reservation], final: str
) -> None:
    product_id = product(connection, 5)
    hold = ending(connection, active(connection, product_id, 2).id, ANONYMOUS)
    left = available(connection, product_id)
    with pytest.raises(NotActive) as refusal:
        released(connection, hold.id)
    assert refusal.value.status == final
    assert status(connection, hold.id) == (final, "shopper")
    assert available(connection, product_id) == left
    assert changes(connection) == []


def test_a_lapsed_hold_is_refused(connection: Connection) -> None:
    product_id = product(connection, 5)
    hold = lapsed(connection, product_id, 2)
    for _ in range(2):
        with pytest.raises(ReservationExpired):
            released(connection, hold.id)
        expire(connection, hold.id)
    assert status(connection, hold.id) == ("EXPIRED", "message")
    assert changes(connection) == []


def test_an_unknown_one_is_not_found(connection: Connection) -> None:
    with pytest.raises(NotFound):
        released(connection, uuid4())


def test_the_shopper_sees_a_cancelled_reservation(connection: Connection) -> None:
    hold = active(connection, product(connection), shopper_id=SHOPPER)
    found = released(connection, hold.id).reservation
    assert cancel(connection, hold.id, SHOPPER) == found
    with pytest.raises(NotActive):
        complete(connection, hold.id, SHOPPER)


def test_releases_do_not_count_for_the_cooldown(connection: Connection) -> None:
    """Unlike cancellations of the shopper, of which 20 an hour are free."""
    product_id, policy = product(connection), {"lapses_before_cooldown": 1, "cooldown_seconds": 60}
    for _ in range(21):
        released(connection, reserve(connection, product_id, **policy).id)
    for _ in range(21):
        cancel(connection, reserve(connection, product_id, **policy).id, SHOPPER)
    assert refused(connection, CoolingDown, product_id, **policy).lapses == 1


def test_a_hold_that_lapsed_while_the_release_waited_is_refused(
    connection: Connection, database_url: str, advance: Callable[[float], None]
) -> None:
    product_id = product(connection, 5)
    hold = active(connection, product_id, 2, hold_seconds=10)
    with Rival(database_url) as admin:
        with connection.transaction():
            lock_hold(connection, hold.id)
            admin.start(lambda own: released(own, hold.id))
            advance(11)
        with pytest.raises(ReservationExpired):
            admin.result()
    assert status(connection, hold.id) == ("ACTIVE", None)
    assert available(connection, product_id) == 3


def test_a_release_that_waited_for_a_payment_is_refused(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 5)
    hold = active(connection, product_id, 2)
    with Rival(database_url) as admin:
        with connection.transaction():
            complete(connection, hold.id, ANONYMOUS)
            admin.start(lambda own: released(own, hold.id))
        with pytest.raises(NotActive):
            admin.result()
    assert status(connection, hold.id) == ("COMPLETED", "shopper")
    assert available(connection, product_id) == 3
