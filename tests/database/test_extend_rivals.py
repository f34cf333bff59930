"""Extending while others end, expire or extend the same hold at the same instant."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.db import reservations
from chalicelib.db.connection import Database
from chalicelib.db.reservations import Reservation
from chalicelib.errors import ExtensionLimit, InsufficientStock, NotActive, ReservationExpired
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.expire import expire
from chalicelib.lifecycle.extend import extend
from tests.factories import active, available, lapse_now, product, request, reserve, status
from tests.rivals import Rival, at_once, lock_hold

Advance = Callable[[float], None]
Transition = Callable[[Connection, UUID, UUID], Reservation]


def extendable(connection: Connection, product_id: UUID) -> Reservation:
    """Reserve two units in a hold that may be extended once."""
    return active(connection, product_id, 2, hold_seconds=100, max_extensions=1)


def attempt(connection: Connection, reservation: Reservation) -> str:
    """Try to extend; return how it went."""
    try:
        extend(connection, reservation.id, ANONYMOUS)
    except (ExtensionLimit, ReservationExpired, NotActive) as error:
        return type(error).__name__
    return "extended"


def lapse(connection: Connection, reservation: Reservation) -> datetime:
    """Return when a hold lapses by now."""
    found = reservations.find(connection, reservation.id, ANONYMOUS)
    assert found is not None
    return found.expires_at


def test_of_two_at_once_one_extends(connection: Connection, database_url: str) -> None:
    for _ in range(10):
        hold = extendable(connection, product(connection))
        outcomes = at_once(database_url, [lambda own, hold=hold: attempt(own, hold)] * 2)
        assert sorted(map(str, outcomes)) == ["ExtensionLimit", "extended"]
        assert lapse(connection, hold) == hold.expires_at + timedelta(seconds=100)


def test_a_hold_that_lapsed_while_waiting_for_its_row_is_not_extended(
    connection: Connection, database_url: str, advance: Advance
) -> None:
    hold = extendable(connection, product(connection))
    with Rival(database_url) as shopper:
        with connection.transaction():
            lock_hold(connection, hold.id)
            shopper.start(lambda own: attempt(own, hold))
            advance(101)
        assert shopper.result() == "ReservationExpired"
    assert lapse(connection, hold) == hold.expires_at


def test_a_hold_that_lapsed_by_the_real_clock_while_waiting_is_not_extended(
    connection: Connection, database_url: str
) -> None:
    """The clock is read after the wait: neither the transaction's nor the statement's beginning counts."""
    hold = extendable(connection, product(connection))
    with Rival(database_url) as shopper:
        with connection.transaction():
            lock_hold(connection, hold.id)
            shopper.start(lambda own: attempt(own, hold))
            lapse_now(connection, hold.id)
        assert shopper.result() == "ReservationExpired"


def message_comes(connection: Connection, hold: Reservation) -> None:
    """The message of the first lapse."""
    assert expire(connection, hold.id) is not None


def another_wants_all(connection: Connection, hold: Reservation) -> None:
    """Somebody for whom only this hold's units are missing."""
    with pytest.raises(InsufficientStock):
        reserve(connection, request(hold.product_id, 10))


@pytest.mark.parametrize("rival", [message_comes, another_wants_all])
def test_who_waits_to_take_the_units_back_finds_the_hold_extended(
    connection: Connection, database_url: str, advance: Advance, rival: Callable[[Connection, Reservation], None]
) -> None:
    """The extension comes just before the lapse, its commit just after."""
    product_id = product(connection)
    hold = extendable(connection, product_id)
    with Rival(database_url) as other:
        with connection.transaction():
            extend(connection, hold.id, ANONYMOUS)
            advance(101)
            other.start(lambda own: rival(own, hold))
        other.result()
    assert (status(connection, hold.id), available(connection, product_id)) == (("ACTIVE", None), 8)


def test_a_sweep_leaves_alone_what_is_being_extended(
    connection: Connection, environment: Database, advance: Advance
) -> None:
    hold = extendable(connection, product(connection))
    with connection.transaction():
        extend(connection, hold.id, ANONYMOUS)
        advance(101)
        assert sweep(environment) == 0
    assert status(connection, hold.id) == ("ACTIVE", None)


@pytest.mark.parametrize(("ending", "units"), [(complete, 8), (cancel, 10)])
def test_who_waits_to_end_an_extended_hold_can(
    connection: Connection, database_url: str, advance: Advance, ending: Transition, units: int
) -> None:
    product_id = product(connection)
    hold = extendable(connection, product_id)
    with Rival(database_url) as shopper:
        with connection.transaction():
            extend(connection, hold.id, ANONYMOUS)
            shopper.start(lambda own: ending(own, hold.id, ANONYMOUS))
            advance(101)
        assert shopper.result().expires_at == hold.expires_at + timedelta(seconds=100)
    assert available(connection, product_id) == units


@pytest.mark.parametrize(
    ("ending", "outcome"),
    [
        (lambda own, hold: complete(own, hold.id, ANONYMOUS), "NotActive"),
        (lambda own, hold: cancel(own, hold.id, ANONYMOUS), "NotActive"),
        (lambda own, hold: extend(own, hold.id, ANONYMOUS), "ExtensionLimit"),
    ],
)
def test_who_waits_to_extend_reads_how_the_hold_ended(
    connection: Connection, database_url: str, ending: Callable[[Connection, Reservation], object], outcome: str
) -> None:
    hold = extendable(connection, product(connection))
    with Rival(database_url) as shopper:
        with connection.transaction():
            ending(connection, hold)
            shopper.start(lambda own: attempt(own, hold))
        assert shopper.result() == outcome


def swept(connection: Connection, hold: Reservation) -> None:
    """Sweep the slot of a product that has one slot."""
    assert reservations.sweep_slot(connection, hold.product_id, 0, 10) == [hold.id]


TAKE_BACK: dict[str, Callable[[Connection, Reservation], object]] = {
    "message": lambda own, hold: expire(own, hold.id),
    "sweep": swept,
    "reclaim": lambda own, hold: reserve(own, request(hold.product_id, 2)),
}


@pytest.mark.parametrize("by", TAKE_BACK)
def test_who_waits_to_extend_is_told_that_the_units_went_back(
    connection: Connection, database_url: str, advance: Advance, by: str
) -> None:
    product_id = product(connection, 2)
    hold = extendable(connection, product_id)
    advance(101)
    with Rival(database_url) as shopper:
        with connection.transaction():
            TAKE_BACK[by](connection, hold)
            shopper.start(lambda own: attempt(own, hold))
        assert shopper.result() == "ReservationExpired"
    assert status(connection, hold.id) == ("EXPIRED", by)
    assert available(connection, product_id) == (0 if by == "reclaim" else 2)
