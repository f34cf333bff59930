"""A key used twice reserves once, whatever has happened in between."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from psycopg import Connection, Rollback

from chalicelib.db import reservations
from chalicelib.db.reservations import Reservation, ReservationStatus, ReservePolicy
from chalicelib.errors import IdempotencyMismatch, InsufficientStock
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.reserve import Reserved, reserve
from tests.factories import active, available, product, request
from tests.rivals import Rival

SHOPPER, OTHER = uuid4(), uuid4()
DAY_SECONDS = 86_400
MANY_ANONYMOUS = """
    INSERT INTO reservations
        (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at, idempotency_key)
    SELECT %s, 0, '00000000-0000-0000-0000-000000000000', 1, 10, instant_now(), instant_now() + interval '1 minute', key
    FROM generate_series(1, 1000) AS key
"""
TERMS = ReservePolicy(hold_seconds=120, max_active_holds=1)


def press(
    connection: Connection, product_id: UUID, quantity: int = 1, key: str = "k", shopper: UUID = SHOPPER
) -> Reserved:
    """Reserve with a key."""
    return reserve(connection, request(product_id, quantity, shopper_id=shopper, key=key), TERMS)


def as_it_reads(connection: Connection, reserved: Reserved) -> Reservation:
    """Return a reservation as it reads now."""
    found = reservations.find(connection, reserved.reservation.id, reserved.reservation.shopper_id)
    assert found is not None
    return found


def scans(connection: Connection, index: str) -> int:
    """Return how often this session's statements have scanned an index."""
    connection.execute("SELECT pg_stat_force_next_flush()")
    ((count,),) = connection.execute("SELECT idx_scan FROM pg_stat_all_indexes WHERE indexrelname = %s", [index])
    return int(count)


def test_the_same_key_gives_the_same_reservation_and_takes_nothing_more(connection: Connection) -> None:
    product_id = product(connection, 10)
    first, again = press(connection, product_id, 2), press(connection, product_id, 2)
    assert (first.replayed, again.replayed) == (False, True)
    assert again.reservation == first.reservation
    assert available(connection, product_id) == 8


def test_also_when_all_is_sold_and_every_limit_is_reached(connection: Connection) -> None:
    product_id = product(connection, 1)
    connection.execute("UPDATE products SET max_per_shopper = 1, sale_ends_at = now() + interval '1 minute'")
    first = press(connection, product_id)
    connection.execute("UPDATE products SET sale_ends_at = now() - interval '1 minute'")
    assert press(connection, product_id) == Reserved(first.reservation, replayed=True)


@pytest.mark.parametrize(("end", "status"), [(complete, "COMPLETED"), (cancel, "CANCELLED")])
def test_a_replay_shows_the_reservation_as_it_is_now(
    connection: Connection, end: Callable[[Connection, UUID, UUID], object], status: str
) -> None:
    product_id = product(connection)
    first = press(connection, product_id)
    end(connection, first.reservation.id, SHOPPER)
    again = press(connection, product_id)
    assert (again.reservation.id, again.reservation.status) == (first.reservation.id, ReservationStatus(status))


def test_another_body_under_the_same_key_is_refused_and_changes_nothing(connection: Connection) -> None:
    product_id, other_product = product(connection), product(connection)
    press(connection, product_id)
    for wanted, quantity in ((product_id, 2), (other_product, 1)):
        with pytest.raises(IdempotencyMismatch):
            press(connection, wanted, quantity)
    assert (available(connection, product_id), available(connection, other_product)) == (9, 10)


def test_a_key_is_its_shoppers_own(connection: Connection) -> None:
    product_id = product(connection)
    first, others = press(connection, product_id), press(connection, product_id, shopper=OTHER)
    assert not others.replayed
    assert others.reservation.id != first.reservation.id


def test_other_keys_reserve_anew(connection: Connection) -> None:
    product_id = product(connection)
    reserved = {press(connection, product_id, key=key, shopper=uuid4()).reservation.id for key in ("a", "A", "a ")}
    assert len(reserved) == 3
    reserve(connection, request(product_id, shopper_id=SHOPPER, key="a"), ReservePolicy(120))
    reserve(connection, request(product_id, shopper_id=SHOPPER, key="A"), ReservePolicy(120))
    assert available(connection, product_id) == 5


def test_a_refusal_uses_no_key_up(connection: Connection) -> None:
    product_id = product(connection, 1)
    blocking = active(connection, product_id, shopper_id=OTHER)
    with pytest.raises(InsufficientStock):
        press(connection, product_id)
    cancel(connection, blocking.id, OTHER)
    assert not press(connection, product_id).replayed


@pytest.mark.parametrize("shopper", [SHOPPER, UUID(int=0)], ids=["shopper", "anonymous"])
def test_a_second_request_waits_for_the_first_and_replays_it(
    connection: Connection, database_url: str, shopper: UUID
) -> None:
    product_id = product(connection, 100)
    with Rival(database_url) as second:
        with connection.transaction():
            first = press(connection, product_id, shopper=shopper)
            second.start(lambda own: press(own, product_id, shopper=shopper))
        assert second.result() == Reserved(first.reservation, replayed=True)
    assert available(connection, product_id) == 99


def test_the_second_reserves_itself_if_the_first_comes_to_nothing(connection: Connection, database_url: str) -> None:
    product_id = product(connection, 100)
    with Rival(database_url) as second:
        with connection.transaction():
            press(connection, product_id)
            second.start(lambda own: press(own, product_id))
            raise Rollback
        assert not second.result().replayed
    assert available(connection, product_id) == 99


def test_a_key_and_its_reservation_are_of_one_transaction(connection: Connection) -> None:
    product_id = product(connection)
    with connection.transaction():
        press(connection, product_id)
        raise Rollback
    assert available(connection, product_id) == 10
    assert not press(connection, product_id).replayed


@pytest.mark.parametrize("shopper", [SHOPPER, UUID(int=0)], ids=["shopper", "anonymous"])
def test_a_key_can_be_used_again_after_a_day(
    connection: Connection, advance: Callable[[float], None], shopper: UUID
) -> None:
    product_id = product(connection)
    first = press(connection, product_id, shopper=shopper)
    advance(DAY_SECONDS - 60)
    assert press(connection, product_id, shopper=shopper) == Reserved(as_it_reads(connection, first), replayed=True)
    advance(120)
    second = press(connection, product_id, shopper=shopper)
    assert not second.replayed
    assert press(connection, product_id, shopper=shopper) == Reserved(second.reservation, replayed=True)


def test_a_key_that_the_previous_version_stored_is_replayed(connection: Connection) -> None:
    product_id = product(connection)
    made = active(connection, product_id, shopper_id=SHOPPER)
    connection.execute("INSERT INTO idempotency_keys VALUES (%s, 'k', %s, instant_now())", [SHOPPER, made.id])
    assert press(connection, product_id) == Reserved(made, replayed=True)


@pytest.mark.parametrize(
    ("shopper", "index"),
    [(SHOPPER, "reservations_of_a_shopper"), (UUID(int=0), "reservations_anonymous_keys")],
    ids=["shopper", "anonymous"],
)
def test_a_key_is_found_by_an_index(connection: Connection, shopper: UUID, index: str) -> None:
    connection.execute(MANY_ANONYMOUS, [product(connection, slots=[1000])])
    connection.execute("UPDATE stock SET available = 0")
    connection.execute("ANALYZE reservations")
    before = scans(connection, index)
    connection.execute("SELECT FROM earlier_request(%s, 'k')", [shopper])
    assert scans(connection, index) > before
