"""The schema: what one row can state, it states, whoever writes the row."""

from enum import StrEnum
from uuid import uuid4

import pytest
from psycopg import Connection
from psycopg.errors import CheckViolation, UniqueViolation

from chalicelib.db import connection as database
from chalicelib.db.reservations import ReservationStatus
from chalicelib.db.waiters import WaiterStatus
from tests.factories import active, completed, lapsed, product
from tests.lines import join

VIOLATIONS = [
    ("stock", "available = -1", "stock_available_not_negative"),
    ("stock", "available = total + 1", "stock_available_within_total"),
    ("stock", "slot = -1", "stock_slot_not_negative"),
    ("products", "name = '  '", "products_name_present"),
    ("products", "name = repeat('n', 201)", "products_name_present"),
    ("products", "price = -0.01", "products_price_not_negative"),
    ("products", "hold_seconds = 0", "products_hold_seconds_in_range"),
    ("products", "hold_seconds = 43201", "products_hold_seconds_in_range"),
    ("products", "sale_starts_at = now(), sale_ends_at = now()", "products_sale_ends_after_start"),
    ("products", "description = ''", "products_description_in_range"),
    ("products", "description = repeat('n', 2001)", "products_description_in_range"),
    ("products", "image_url = 'http://a.test/x'", "products_image_url_https_or_path"),
    ("products", "image_url = '//a.test/x'", "products_image_url_https_or_path"),
    ("products", "image_url = 'lamp.webp'", "products_image_url_https_or_path"),
    ("products", "image_url = '/' || repeat('x', 2000)", "products_image_url_https_or_path"),
    ("products", "illustration = '../x'", "products_illustration_name"),
    ("products", "illustration = repeat('x', 41)", "products_illustration_name"),
    ("products", "currency = 'usd'", "products_currency_code"),
    ("products", "currency = 'EU'", "products_currency_code"),
    ("reservations", "quantity = 0", "reservations_quantity_in_range"),
    ("reservations", "quantity = 101", "reservations_quantity_in_range"),
    ("reservations", "unit_price = -1", "reservations_unit_price_not_negative"),
    ("reservations", "expires_at = created_at", "reservations_expire_after_creation"),
    ("reservations", "status = 'COMPLETED'", "reservations_ended_unless_active"),
    ("reservations", "ended_at = now()", "reservations_ended_unless_active"),
    (
        "reservations",
        "status = 'EXPIRED', ended_at = expires_at - interval '1 ms', ended_by = 'sweep'",
        "reservations_expired_only_after_lapse",
    ),
    (
        "reservations",
        "status = 'COMPLETED', ended_at = expires_at, ended_by = 'shopper'",
        "reservations_completed_only_before_lapse",
    ),
    (
        "reservations",
        "status = 'CANCELLED', ended_at = expires_at, ended_by = 'shopper'",
        "reservations_cancelled_only_before_lapse",
    ),
    (
        "reservations",
        "status = 'EXPIRED', ended_at = expires_at, ended_by = 'magic'",
        "reservations_ended_by_known",
    ),
    (
        "reservations",
        "status = 'COMPLETED', ended_at = expires_at - interval '1 ms', ended_by = 'admin'",
        "reservations_admin_only_cancels",
    ),
    ("waiters", "quantity = 0", "waiters_quantity_in_range"),
    ("waiters", "quantity = 101", "waiters_quantity_in_range"),
    ("waiters", "shopper_id = '00000000-0000-0000-0000-000000000000'", "waiters_are_not_anonymous"),
    ("waiters", "status = 'LEFT'", "waiters_ended_unless_waiting"),
    ("waiters", "ended_at = now()", "waiters_ended_unless_waiting"),
    ("waiters", "status = 'OFFERED', ended_at = now()", "waiters_reserved_if_offered"),
    ("waiters", "reservation_id = gen_random_uuid()", "waiters_reserved_if_offered"),
    ("waiters", "status = 'PASSED_OVER', ended_at = now()", "waiters_reason_if_passed_over"),
    ("waiters", "reason = 'sale-ended'", "waiters_reason_if_passed_over"),
    ("waiters", "offer_seconds = 0", "waiters_hold_seconds_positive"),
    ("waiters", "hold_seconds = 0", "waiters_hold_seconds_positive"),
]


@pytest.mark.parametrize(("table", "change", "constraint"), VIOLATIONS)
def test_a_row_that_can_not_be_is_refused(connection: Connection, table: str, change: str, constraint: str) -> None:
    product_id = product(connection, 5)
    if table != "stock":  # whose key a reservation holds in place
        active(connection, product_id)
        join(connection, product_id, uuid4(), 5)
    with pytest.raises(CheckViolation) as refusal:
        connection.execute(f"UPDATE {table} SET {change}")
    assert refusal.value.diag.constraint_name == constraint


def test_a_shopper_has_one_place_in_the_list_of_a_product(connection: Connection) -> None:
    product_id = product(connection, 0)
    join(connection, product_id, uuid4()), join(connection, product_id, uuid4())
    with pytest.raises(UniqueViolation) as refusal:
        connection.execute("UPDATE waiters SET shopper_id = %s", [uuid4()])
    assert refusal.value.diag.constraint_name == "waiters_wait_once"


@pytest.mark.parametrize(
    ("event", "subjects"),
    [
        ("JOINED", "NULL, NULL"),
        ("RESTOCKED", "gen_random_uuid(), NULL"),
        ("LEFT", "gen_random_uuid(), gen_random_uuid()"),
    ],
)
def test_a_journal_entry_names_a_reservation_a_waiter_or_a_restock(
    connection: Connection, event: str, subjects: str
) -> None:
    with pytest.raises(CheckViolation) as refusal:
        connection.execute(
            "INSERT INTO journal (at, event, product_id, quantity, by, reservation_id, waiter_id)"
            f" VALUES (now(), '{event}', '{product(connection)}', 1, 'shopper', {subjects})"
        )
    assert refusal.value.diag.constraint_name == "journal_names_its_subject"


@pytest.mark.parametrize(
    ("name", "statuses"), [("reservation_status", ReservationStatus), ("waiter_status", WaiterStatus)]
)
def test_statuses_are_the_same_in_python_and_in_the_database(
    connection: Connection, name: str, statuses: type[StrEnum]
) -> None:
    labels = connection.execute(f"SELECT unnest(enum_range(NULL::{name}))::text").fetchall()
    assert [label for (label,) in labels] == [status.value for status in statuses]


def test_the_lapsed_holds_of_a_product_are_found_by_their_index(connection: Connection) -> None:
    connection.execute("SET enable_seqscan = off")
    plan = connection.execute(
        "EXPLAIN SELECT id FROM reservations WHERE product_id = gen_random_uuid()"
        " AND status = 'ACTIVE' AND expires_at <= instant_of_statement() ORDER BY expires_at, id"
    ).fetchall()
    assert "reservations_active_holds" in str(plan)
    assert "expires_at <=" in str([line for (line,) in plan if "Index Cond" in line])


@pytest.mark.parametrize(
    ("change", "balanced"),
    [("available = available", True), ("available = available - 1", False), ("total = total + 1", False)],
)
def test_the_balance_tells_a_lost_unit(database_url: str, change: str, balanced: bool) -> None:
    with database.connect(database_url) as own:
        product_id = product(own, 9)
        active(own, product_id, 2), lapsed(own, product_id, 1), completed(own, product_id, 3)
        own.execute(f"UPDATE stock SET {change}")
        assert own.execute("SELECT held, sold, balanced FROM stock_balance").fetchall() == [(3, 3, balanced)]


def test_the_balance_tells_units_that_came_back_to_the_wrong_slot(database_url: str) -> None:
    with database.connect(database_url) as own:
        product_id = product(own, slots=[3, 3])
        completed(own, product_id, 2)
        own.execute("UPDATE reservations SET slot = 1 - slot")
        assert own.execute("SELECT total, available, sold, balanced FROM stock_balance").fetchall() == [
            (6, 4, 2, False)
        ]
