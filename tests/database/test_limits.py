"""What one shopper may have: units of a product, holds at a time, and lapses before a cooldown."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib import limits, reservations
from chalicelib.errors import CoolingDown, FlashSaleError, LimitExceeded, TooManyHolds
from chalicelib.holds import Terms
from chalicelib.lifecycle import reserve as reserving
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.schemas import ANONYMOUS, Reservation
from tests.factories import active, available, completed, lapsed, product, wish
from tests.factories import reserve as reserve_on_terms
from tests.rivals import Rival, impatient

Advance = Callable[[float], None]
SHOPPER, OTHER = uuid4(), uuid4()


def limited(connection: Connection, limit: int, units: int = 10) -> UUID:
    """Put a product on sale of which a shopper may have so many."""
    product_id = product(connection, units)
    connection.execute("UPDATE products SET max_per_shopper = %s WHERE id = %s", [limit, product_id])
    return product_id


def reserve(
    connection: Connection, product_id: UUID, quantity: int = 1, shopper_id: UUID = SHOPPER, **terms: int
) -> Reservation:
    """Reserve as a shopper who is known."""
    return reserve_on_terms(connection, wish(product_id, quantity, shopper_id=shopper_id), **terms)


def refused[Refusal: FlashSaleError](
    connection: Connection, kind: type[Refusal], product_id: UUID, quantity: int = 1, **terms: int
) -> Refusal:
    """Reserve in vain: return the refusal, which has changed nothing."""
    before = everything(connection)
    with pytest.raises(kind) as refusal:
        reserve(connection, product_id, quantity, **terms)
    assert everything(connection) == before
    return refusal.value


def everything(connection: Connection) -> list[object]:
    """Return every row that a reserve could touch."""
    tables = ("stock", "reservations", "idempotency_keys", "journal")
    return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]


def test_held_and_bought_units_count_together(connection: Connection) -> None:
    product_id = limited(connection, 3)
    completed(connection, product_id, 1, shopper_id=SHOPPER)
    hold = reserve(connection, product_id)
    refusal = refused(connection, LimitExceeded, product_id, 2)
    assert (refusal.held, refusal.limit, refusal.reservation_id) == (2, 3, hold.id)
    assert reserve(connection, product_id).quantity == 1


def test_a_refusal_names_no_hold_where_all_was_bought(connection: Connection) -> None:
    product_id = limited(connection, 1)
    completed(connection, product_id, shopper_id=SHOPPER)
    assert refused(connection, LimitExceeded, product_id).reservation_id is None


def test_one_reservation_above_the_limit_is_refused(connection: Connection) -> None:
    refusal = refused(connection, LimitExceeded, limited(connection, 2), 3)
    assert (refusal.held, refusal.limit, refusal.reservation_id) == (0, 2, None)


def test_what_was_cancelled_counts_no_more(connection: Connection) -> None:
    product_id = limited(connection, 1)
    cancel(connection, reserve(connection, product_id).id, SHOPPER)
    assert reserve(connection, product_id).quantity == 1


def test_what_has_lapsed_counts_no_more_before_any_job_has_run(connection: Connection) -> None:
    product_id = limited(connection, 1)
    lapsed(connection, product_id, shopper_id=SHOPPER)
    assert reserve(connection, product_id).quantity == 1


def test_others_and_other_products_do_not_count(connection: Connection) -> None:
    product_id, other_product = limited(connection, 1), limited(connection, 1)
    reserve(connection, product_id)
    assert reserve(connection, product_id, shopper_id=OTHER).quantity == 1
    assert reserve(connection, other_product).quantity == 1


def test_nobody_knows_what_else_the_anonymous_have(connection: Connection) -> None:
    product_id = limited(connection, 2, units=20)
    for _ in range(4):
        active(connection, product_id, 2, shopper_id=ANONYMOUS, max_active_holds=1, lapses_before_cooldown=1)
    with pytest.raises(LimitExceeded):
        active(connection, product_id, 3, shopper_id=ANONYMOUS)
    assert available(connection, product_id) == 12


def test_a_shoppers_second_reserve_waits_for_the_first_and_then_counts_it(
    connection: Connection, database_url: str
) -> None:
    product_id = limited(connection, 1)
    with Rival(database_url) as second:
        with connection.transaction():
            reserve(connection, product_id)
            second.start(lambda own: reserve(own, product_id))
        with pytest.raises(LimitExceeded):
            second.result()
    assert available(connection, product_id) == 9


def test_different_shoppers_share_no_lock(connection: Connection, database_url: str) -> None:
    product_id = limited(connection, 1, units=100)  # in several stock rows
    with connection.transaction():
        reserve(connection, product_id)
        with impatient(database_url) as other:
            assert reserve(other, product_id, shopper_id=OTHER).quantity == 1


def test_who_waits_for_their_own_other_reserve_keeps_no_stock_from_others(
    connection: Connection, database_url: str
) -> None:
    product_id = product(connection, slots=[1, 1])
    with Rival(database_url) as gathering, impatient(database_url) as other:
        with connection.transaction():
            limits.lock(connection, SHOPPER)
            two = wish(product_id, 2, shopper_id=SHOPPER)
            gathering.start(lambda own: reserving._hold_exactly(own, two, Terms(hold_seconds=120)))
            assert reserve(other, product_id, shopper_id=OTHER).quantity == 1
        assert gathering.result() is None


def test_a_shopper_is_only_locked_inside_a_transaction(connection: Connection) -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        limits.lock(connection, SHOPPER)


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


def test_without_terms_nothing_is_limited(connection: Connection) -> None:
    product_id = product(connection, 30)
    for _ in range(5):
        lapsed(connection, product_id, shopper_id=SHOPPER)
    assert len([reserve(connection, product_id) for _ in range(10)]) == 10


def test_the_limit_holds_on_the_exact_path_too(connection: Connection) -> None:
    product_id = product(connection, slots=[1, 1, 1])  # two units have to be gathered
    connection.execute("UPDATE products SET max_per_shopper = 2 WHERE id = %s", [product_id])
    reserve(connection, product_id)
    refused(connection, LimitExceeded, product_id, 2)
    assert len(reservations.list_page(connection, SHOPPER, reservations.Page(10))) == 1


def test_a_shoppers_standing_is_read_by_its_index_whatever_the_plan(connection: Connection) -> None:
    connection.execute("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan")
    connection.execute(
        "PREPARE standing (uuid) AS SELECT FROM reservations WHERE shopper_id = $1 AND status <> 'CANCELLED'"
        " AND shopper_id <> '00000000-0000-0000-0000-000000000000'"
    )
    plan = connection.execute(f"EXPLAIN EXECUTE standing ('{SHOPPER}')").fetchall()
    assert "reservations_standing" in str(plan)
