"""Extending: shortly before it lapses, a hold gets as long again as it was made for, as often as it may."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.config import HOLD_SECONDS_MAX
from chalicelib.db import reservations
from chalicelib.db.connection import Database
from chalicelib.db.reservations import Reservation, ReservationStatus
from chalicelib.errors import ExtensionLimit, ExtensionTooEarly, NotActive, NotFound, ReservationExpired
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.jobs.expiry_messages import deliver
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.extend import extend
from chalicelib.waiting_list.leave import leave
from tests.factories import active, available, let_nearly_lapse, product, request, reserve, status
from tests.lines import join

Advance = Callable[[float], None]
Transition = Callable[[Connection, UUID, UUID], Reservation]


def extendable(connection: Connection, product_id: UUID, *, seconds: int = 100, times: int = 1) -> Reservation:
    """Reserve two units in a hold that may be extended."""
    return active(connection, product_id, 2, hold_seconds=seconds, max_extensions=times)


def extended(connection: Connection, reservation: Reservation) -> Reservation:
    """Extend a hold when it is about to lapse."""
    let_nearly_lapse(connection, reservation.id)
    return extend(connection, reservation.id, ANONYMOUS).reservation


def reading(connection: Connection, reservation: Reservation) -> Reservation:
    """Read a reservation as it is now."""
    found = reservations.find(connection, reservation.id, ANONYMOUS)
    assert found is not None
    return found


def test_a_hold_runs_as_long_again_as_it_was_made_for(connection: Connection, advance: Advance) -> None:
    hold = extendable(connection, product(connection))
    advance(80)
    longer = extend(connection, hold.id, ANONYMOUS)
    assert longer.reservation.expires_at == hold.expires_at + timedelta(seconds=100)
    assert longer.reservation.status == ReservationStatus.ACTIVE
    assert longer.reservation == reading(connection, hold)
    assert 110 < longer.seconds_left <= 120


@pytest.mark.parametrize(("length", "margin"), [(600, 30), (120, 30), (119, 29.75), (40, 10), (1, 0.25)])
def test_a_hold_can_be_extended_in_its_last_30_s_or_quarter(
    connection: Connection, advance_stopped: Advance, length: int, margin: float
) -> None:
    """Each time: the margin is that of the original length, before the lapse that the extension has moved."""
    hold = extendable(connection, product(connection), seconds=length, times=2)
    for lasts in (length, 2 * length):
        expected = hold.created_at + timedelta(seconds=lasts - margin)
        advance_stopped(length - margin - 0.001 if lasts == length else length - 0.001)
        before = reading(connection, hold)
        with pytest.raises(ExtensionTooEarly) as refusal:
            extend(connection, hold.id, ANONYMOUS)
        assert (refusal.value.extendable_at, refusal.value.seconds) == (expected, 0.001)
        assert (before.extendable_at, reading(connection, hold)) == (expected, before)
        advance_stopped(0.001)
        extend(connection, hold.id, ANONYMOUS)


def test_a_hold_that_no_longer_runs_can_be_extended_at_no_time(connection: Connection) -> None:
    hold = extendable(connection, product(connection))
    complete(connection, hold.id, ANONYMOUS)
    assert reading(connection, hold).extendable_at is None


def test_a_replayed_reserve_reads_when_the_extended_hold_can_be_extended(connection: Connection) -> None:
    asked = request(product(connection), key="k")
    hold = reserve(connection, asked, hold_seconds=100, max_extensions=2)
    assert hold.extendable_at == hold.expires_at - timedelta(seconds=25)
    longer = extended(connection, hold)
    assert longer.extendable_at == longer.expires_at - timedelta(seconds=25)
    assert reserve(connection, asked) == longer


def test_each_extension_is_of_the_same_length(connection: Connection) -> None:
    hold = extendable(connection, product(connection), times=3)
    longer = [extended(connection, hold) for _ in range(3)]
    lengths = [each.expires_at - each.created_at for each in longer]
    assert lengths == [timedelta(seconds=seconds) for seconds in (200, 300, 400)]


def test_a_hold_is_extended_as_often_as_it_may_be_and_not_once_more(connection: Connection) -> None:
    hold = extendable(connection, product(connection), times=10)
    assert [extended(connection, hold).extensions_left for _ in range(10)] == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    let_nearly_lapse(connection, hold.id)
    before = reading(connection, hold)
    with pytest.raises(ExtensionLimit) as refusal:
        extend(connection, hold.id, ANONYMOUS)
    assert (refusal.value.others_wait, reading(connection, hold)) == (False, before)


def test_while_somebody_waits_a_hold_is_extended_once(connection: Connection) -> None:
    """Once nobody waits, the other extensions are there again."""
    product_id = product(connection, 2)
    hold = extendable(connection, product_id, times=10)
    waiter = join(connection, product_id, shopper_id := uuid4())
    assert reading(connection, hold).extensions_left == 1
    assert extended(connection, hold).extensions_left == 0
    let_nearly_lapse(connection, hold.id)
    before = reading(connection, hold)
    with pytest.raises(ExtensionLimit) as refusal:
        extend(connection, hold.id, ANONYMOUS)
    assert (refusal.value.others_wait, reading(connection, hold)) == (True, before)
    leave(connection, waiter.id, shopper_id)
    assert reading(connection, hold).extensions_left == 9
    assert extended(connection, hold).extensions_left == 8


def test_whoever_waits_for_another_product_takes_no_extension(connection: Connection) -> None:
    hold = extendable(connection, product(connection), times=10)
    other = product(connection, 1)
    active(connection, other)
    join(connection, other, uuid4())
    assert [extended(connection, hold).extensions_left for _ in range(2)] == [9, 8]


def test_somebody_who_waits_gives_no_extension_to_a_hold_without(connection: Connection) -> None:
    product_id = product(connection, 2)
    hold = extendable(connection, product_id, times=0)
    join(connection, product_id, uuid4())
    assert reading(connection, hold).extensions_left == 0


def test_a_hold_made_without_extensions_has_none(connection: Connection) -> None:
    hold = extendable(connection, product(connection), times=0)
    with pytest.raises(ExtensionLimit):
        extend(connection, hold.id, ANONYMOUS)
    assert reading(connection, hold) == hold


def test_its_length_stays_what_it_was_when_the_product_s_changes(connection: Connection) -> None:
    product_id = product(connection)
    hold = extendable(connection, product_id)
    connection.execute("UPDATE products SET hold_seconds = 7 WHERE id = %s", [product_id])
    longer = extended(connection, hold)
    assert longer.expires_at - longer.created_at == timedelta(seconds=200)


def test_no_hold_lasts_longer_than_the_longest(connection: Connection) -> None:
    hold = extendable(connection, product(connection), seconds=HOLD_SECONDS_MAX - 10, times=2)
    longer = extended(connection, hold)
    assert longer.expires_at - longer.created_at == timedelta(seconds=HOLD_SECONDS_MAX)
    let_nearly_lapse(connection, hold.id)
    before = reading(connection, hold)
    with pytest.raises(ExtensionLimit):
        extend(connection, hold.id, ANONYMOUS)
    assert reading(connection, hold) == before


def test_the_end_of_the_sale_cuts_no_running_hold_short(connection: Connection, advance: Advance) -> None:
    product_id = product(connection)
    hold = extendable(connection, product_id)
    connection.execute(
        "UPDATE products SET sale_ends_at = instant_now() + interval '30 seconds' WHERE id = %s", [product_id]
    )
    advance(80)
    assert extend(connection, hold.id, ANONYMOUS).reservation.expires_at == hold.expires_at + timedelta(seconds=100)


def test_a_lapsed_hold_is_not_brought_back(connection: Connection, advance: Advance) -> None:
    hold = extendable(connection, product(connection))
    advance(101)
    before = reading(connection, hold)
    with pytest.raises(ReservationExpired):
        extend(connection, hold.id, ANONYMOUS)
    assert reading(connection, hold) == before


@pytest.mark.parametrize("ending", [complete, cancel])
def test_an_ended_reservation_is_not_extended(connection: Connection, ending: Transition) -> None:
    hold = extendable(connection, product(connection))
    ended = ending(connection, hold.id, ANONYMOUS)
    with pytest.raises(NotActive) as refusal:
        extend(connection, hold.id, ANONYMOUS)
    assert refusal.value.status == ended.status
    assert reading(connection, hold) == ended


def test_neither_an_unknown_one_nor_another_shopper_s_is_found(connection: Connection) -> None:
    hold = extendable(connection, product(connection))
    for reservation_id, shopper_id in ((uuid4(), ANONYMOUS), (hold.id, uuid4())):
        with pytest.raises(NotFound):
            extend(connection, reservation_id, shopper_id)
    assert reading(connection, hold) == hold


def test_it_can_be_paid_for_after_the_first_lapse(connection: Connection, advance: Advance) -> None:
    hold = extendable(connection, product(connection))
    extended(connection, hold)
    advance(50)
    assert complete(connection, hold.id, ANONYMOUS).status == ReservationStatus.COMPLETED


def test_the_journal_has_it(connection: Connection) -> None:
    hold = extendable(connection, product(connection))
    extended(connection, hold)
    events = connection.execute(
        "SELECT event, by, quantity FROM journal_entries WHERE reservation_id = %s ORDER BY id", [hold.id]
    )
    assert events.fetchall() == [("RESERVED", "shopper", 2), ("EXTENDED", "shopper", 2)]


class Queue:
    """Stands for the queue: keeps what it was told until that is due."""

    def __init__(self) -> None:
        self.sent: list[tuple[UUID, float]] = []

    def send(self, reservation_id: UUID, seconds: float) -> None:
        self.sent.append((reservation_id, seconds))


def test_each_message_leads_to_one_at_most_and_the_last_one_expires_the_hold(
    connection: Connection, environment: Database, advance: Advance
) -> None:
    """The message of the reserve comes at the first lapse, is sent on, and comes beside the extension's."""
    product_id, queue = product(connection), Queue()
    hold = extendable(connection, product_id)
    body = f'{{"reservationId": "{hold.id}"}}'
    advance(90)
    extend(connection, hold.id, ANONYMOUS)
    advance(10)
    deliver(environment, queue, body)
    [(reservation_id, seconds)] = queue.sent
    assert (reservation_id, status(connection, hold.id)) == (hold.id, ("ACTIVE", None))
    assert 90 < seconds <= 100
    advance(100)
    deliver(environment, queue, body)
    assert (status(connection, hold.id), available(connection, product_id)) == (("EXPIRED", "message"), 10)
    deliver(environment, queue, body)
    assert (len(queue.sent), available(connection, product_id)) == (1, 10)
