"""How many holds a shopper may have at a time, and the wait after too many lapses or cancellations."""

from collections.abc import Callable
from uuid import UUID

from psycopg import Connection

from chalicelib.errors import CoolingDown, TooManyHolds
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from tests.factories import lapsed, product
from tests.reserving import OTHER, SHOPPER, refused, reserve

Advance = Callable[[float], None]


def test_so_many_holds_at_a_time_and_no_more(connection: Connection) -> None:
    products = [product(connection) for _ in range(3)]
    first, _ = (reserve(connection, product_id, max_active_holds=2) for product_id in products[:2])
    refusal = refused(connection, TooManyHolds, products[2], max_active_holds=2)
    assert (refusal.active_holds, refusal.limit) == (2, 2)
    complete(connection, first.id, SHOPPER)
    assert reserve(connection, products[2], max_active_holds=2).quantity == 1


def test_a_lapsed_hold_makes_room_before_any_job_has_run(connection: Connection) -> None:
    product_id = product(connection)
    lapsed(connection, product_id, shopper_id=SHOPPER)
    assert reserve(connection, product_id, max_active_holds=1).quantity == 1


def test_after_so_many_lapses_of_a_product_comes_a_cooldown(connection: Connection, advance: Advance) -> None:
    product_id, terms = product(connection), {"lapses_before_cooldown": 2, "cooldown_seconds": 60, "hold_seconds": 10}
    for _ in range(2):
        last = reserve(connection, product_id, **terms)
        advance(11)
    refusal = refused(connection, CoolingDown, product_id, **terms)
    assert refusal.lapses == 2
    assert (refusal.until - last.expires_at).total_seconds() == 60
    assert 58 < refusal.seconds <= 59
    assert reserve(connection, product(connection), **terms).quantity == 1
    assert reserve(connection, product_id, shopper_id=OTHER, **terms).quantity == 1
    advance(60)
    assert reserve(connection, product_id, **terms).quantity == 1


def test_another_lapse_after_a_cooldown_begins_another(connection: Connection, advance: Advance) -> None:
    product_id, terms = product(connection), {"lapses_before_cooldown": 1, "cooldown_seconds": 60, "hold_seconds": 10}
    for _ in range(2):
        reserve(connection, product_id, **terms)
        advance(11)
        refused(connection, CoolingDown, product_id, **terms)
        advance(60)


def test_what_was_cancelled_or_bought_is_no_lapse(connection: Connection, advance: Advance) -> None:
    product_id, terms = product(connection), {"lapses_before_cooldown": 1, "cooldown_seconds": 60, "hold_seconds": 10}
    cancel(connection, reserve(connection, product_id, **terms).id, SHOPPER)
    complete(connection, reserve(connection, product_id, **terms).id, SHOPPER)
    advance(11)
    assert reserve(connection, product_id, **terms).quantity == 1


CANCELLATIONS = 20
"""As many as count nothing within an hour."""


def give_up(connection: Connection, product_id: UUID, times: int, **policy: int) -> None:
    """Reserve and cancel."""
    for _ in range(times):
        cancel(connection, reserve(connection, product_id, **policy).id, SHOPPER)


def test_cancellations_after_the_twentieth_in_an_hour_count_like_lapses(
    connection: Connection, advance: Advance
) -> None:
    terms = {"lapses_before_cooldown": 3, "cooldown_seconds": 60}
    one, other = product(connection), product(connection)
    give_up(connection, one, CANCELLATIONS, **terms)
    give_up(connection, other, 3, **terms)
    for product_id in (one, other):
        assert refused(connection, CoolingDown, product_id, **terms).lapses == 3
    assert reserve(connection, one, shopper_id=OTHER, **terms).quantity == 1
    advance(60)
    give_up(connection, one, 1, **terms)
    assert 59 < refused(connection, CoolingDown, one, **terms).seconds <= 60


def test_cancellations_are_forgotten_after_an_hour(connection: Connection, advance: Advance) -> None:
    product_id, terms = product(connection), {"lapses_before_cooldown": 1, "cooldown_seconds": 7_200}
    give_up(connection, product_id, CANCELLATIONS + 1, **terms)
    refused(connection, CoolingDown, product_id, **terms)
    advance(3_600)
    assert reserve(connection, product_id, **terms).quantity == 1
