"""How many units of a product one shopper may have, held and bought together."""

from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.db import reservations
from chalicelib.errors import InsufficientStock, LimitExceeded
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.lifecycle.cancel import cancel
from tests import factories
from tests.factories import active, available, completed, lapsed, product, request
from tests.reserving import OTHER, SHOPPER, refused, reserve
from tests.rivals import Rival, impatient, lock_shopper


def table_scans(connection: Connection) -> int:
    """Return how often statements of this session have read the whole table of reservations."""
    connection.execute("SELECT pg_stat_force_next_flush()")
    ((count,),) = connection.execute("SELECT seq_scan FROM pg_stat_all_tables WHERE relname = 'reservations'")
    return int(count)


def limited(connection: Connection, limit: int, units: int = 10) -> UUID:
    """Put a product on sale of which a shopper may have so many."""
    product_id = product(connection, units)
    connection.execute("UPDATE products SET max_per_shopper = %s WHERE id = %s", [limit, product_id])
    return product_id


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
            lock_shopper(connection, SHOPPER)
            gathering.start(lambda own: reserve(own, product_id, 2))
            assert reserve(other, product_id, shopper_id=OTHER).quantity == 1
        with pytest.raises(InsufficientStock):
            gathering.result()


def test_without_a_policy_nothing_is_limited(connection: Connection) -> None:
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


def test_no_reserve_of_a_shopper_scans_the_table_however_many_are_anonymous(connection: Connection) -> None:
    product_id = product(connection, slots=[3000])
    connection.execute(
        "INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at)"
        " SELECT %s, 0, %s, 1, 1, now(), now() + interval '1 hour' FROM generate_series(1, 2_000)",
        [product_id, ANONYMOUS],
    )
    connection.execute("UPDATE stock SET available = 1000")
    connection.execute("ANALYZE reservations")
    connection.execute("SET plan_cache_mode = force_generic_plan")
    before = table_scans(connection)
    for key in ("a", "b"):  # of a new shopper, and of one who has a reservation
        factories.reserve(connection, request(product_id, shopper_id=SHOPPER, key=key))
    assert table_scans(connection) == before
