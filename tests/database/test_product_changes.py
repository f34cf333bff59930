"""Creating and changing products."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.api.admin_schemas import NewProduct, ProductChange
from chalicelib.catalog.change import change
from chalicelib.catalog.create import create
from chalicelib.db import products
from chalicelib.db.products import Product
from chalicelib.db.reservations import find
from chalicelib.errors import InvalidRequest, NotFound
from chalicelib.identity.shoppers import ANONYMOUS
from tests.factories import active, product
from tests.rivals import Rival

NINE = datetime(2026, 11, 27, 9, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)


def new(**members: Any) -> NewProduct:
    whole = {"name": "Lamp", "price": 19.99, "totalStock": 60, **members}
    return NewProduct.model_validate(whole)


def changed(connection: Connection, product_id: UUID, **members: Any) -> Product:
    return change(connection, product_id, ProductChange.model_validate(members), "ada")


def changes(connection: Connection) -> list[Any]:
    return connection.execute("SELECT made_by, product_id, action, details FROM admin_changes ORDER BY id").fetchall()


def instants(*moments: datetime) -> list[str]:
    return [moment.isoformat() for moment in moments]


def test_a_new_product_has_all_of_its_units(connection: Connection) -> None:
    made = create(connection, new(), "ada")
    assert (made.name, made.price, made.total_stock, made.available_stock) == ("Lamp", Decimal("19.99"), 60, 60)
    assert (made.hold_seconds, made.max_per_shopper, made.sale_starts_at, made.sale_ends_at) == (120, None, None, None)
    assert connection.execute("SELECT slot, total, available FROM stock ORDER BY slot").fetchall() == [
        (0, 30, 30),
        (1, 30, 30),
    ]


def test_a_new_product_may_have_conditions(connection: Connection) -> None:
    starts, ends = instants(NINE, TEN)
    made = create(connection, new(holdSeconds=30, maxPerShopper=2, saleStartsAt=starts, saleEndsAt=ends), "ada")
    assert (made.hold_seconds, made.max_per_shopper, made.sale_starts_at, made.sale_ends_at) == (30, 2, NINE, TEN)


def test_the_journal_and_the_changes_tell_of_a_new_product(connection: Connection) -> None:
    made = create(connection, new(maxPerShopper=2), "ada")
    assert connection.execute("SELECT event, product_id, quantity, by FROM journal").fetchall() == [
        ("RESTOCKED", made.id, 60, "admin")
    ]
    asked = {"name": "Lamp", "price": 19.99, "totalStock": 60, "maxPerShopper": 2}
    assert changes(connection) == [("ada", made.id, "create", asked)]


def test_a_product_without_units_is_nothing_to_the_journal(connection: Connection) -> None:
    made = create(connection, new(totalStock=0), "ada")
    assert made.total_stock == 0
    assert connection.execute("SELECT FROM journal").fetchall() == []


def test_a_create_that_fails_at_its_end_leaves_nothing(connection: Connection) -> None:
    with pytest.raises(Exception, match="admin_changes_made_by_someone"):
        create(connection, new(), "", 120)
    for table in ("products", "stock", "journal"):
        assert connection.execute(f"SELECT FROM {table}").fetchall() == []


def test_what_is_not_given_stays(connection: Connection) -> None:
    made = create(connection, new(holdSeconds=30, maxPerShopper=2), "ada")
    assert changed(connection, made.id, price=5) == made.model_copy(update={"price": Decimal(5)})
    assert changes(connection)[1:] == [("ada", made.id, "change", {"price": 5})]


def test_null_clears(connection: Connection) -> None:
    starts, ends = instants(NINE, TEN)
    made = create(connection, new(holdSeconds=30, maxPerShopper=2, saleStartsAt=starts, saleEndsAt=ends), "ada")
    cleared = {"holdSeconds": None, "maxPerShopper": None, "saleStartsAt": None, "saleEndsAt": None}
    found = changed(connection, made.id, **cleared)
    assert (found.hold_seconds, found.max_per_shopper, found.sale_starts_at, found.sale_ends_at) == (
        *(120, None, None, None),
    )
    assert (found.name, found.price) == ("Lamp", Decimal("19.99"))
    assert changes(connection)[1:] == [("ada", made.id, "change", cleared)]


def test_everything_can_be_changed_at_once(connection: Connection) -> None:
    starts, ends = instants(NINE, TEN)
    found = changed(
        connection,
        product(connection),
        name="Lamp",
        price=1.5,
        holdSeconds=7,
        maxPerShopper=3,
        saleStartsAt=starts,
        saleEndsAt=ends,
    )
    assert (found.name, found.price, found.hold_seconds, found.max_per_shopper) == ("Lamp", Decimal("1.5"), 7, 3)
    assert (found.sale_starts_at, found.sale_ends_at) == (NINE, TEN)


def test_other_products_stay_as_they_are(connection: Connection) -> None:
    first, second = product(connection), product(connection)
    before = products.find(connection, second, 120)
    changed(connection, first, name="Lamp", price=3)
    assert products.find(connection, second, 120) == before


def test_running_holds_stay_as_they_were_made(connection: Connection) -> None:
    product_id = product(connection)
    hold = active(connection, product_id, hold_seconds=120)
    changed(connection, product_id, holdSeconds=7, price=99)
    assert find(connection, hold.id, ANONYMOUS) == hold
    later = active(connection, product_id)
    assert (later.expires_at - later.created_at, later.unit_price) == (timedelta(seconds=7), Decimal(99))


@pytest.mark.parametrize("ends", [NINE, NINE - timedelta(milliseconds=1)])
def test_a_new_product_s_sale_ends_after_its_start(connection: Connection, ends: datetime) -> None:
    starts, end = instants(NINE, ends)
    with pytest.raises(InvalidRequest) as refusal:
        create(connection, new(saleStartsAt=starts, saleEndsAt=end), "ada")
    assert [field for field, _ in refusal.value.errors] == ["saleEndsAt"]
    assert connection.execute("SELECT FROM products").fetchall() == []


@pytest.mark.parametrize(
    ("member", "instant", "allowed"),
    [
        ("saleStartsAt", TEN - timedelta(milliseconds=1), True),
        ("saleStartsAt", TEN, False),
        ("saleEndsAt", NINE + timedelta(milliseconds=1), True),
        ("saleEndsAt", NINE, False),
    ],
)
def test_one_end_of_a_sale_is_compared_with_the_other_that_is_there(
    connection: Connection, member: str, instant: datetime, allowed: bool
) -> None:
    starts, ends = instants(NINE, TEN)
    made = create(connection, new(saleStartsAt=starts, saleEndsAt=ends), "ada")
    if allowed:
        assert instant in changed(connection, made.id, **{member: instant.isoformat()}).model_dump().values()
        return
    with pytest.raises(InvalidRequest) as refusal:
        changed(connection, made.id, **{member: instant.isoformat(), "price": 1})
    assert [field for field, _ in refusal.value.errors] == [member]
    assert products.find(connection, made.id, 120) == made
    assert len(changes(connection)) == 1


def test_a_sale_that_another_change_would_end_before_its_start_is_refused(
    connection: Connection, database_url: str
) -> None:
    product_id = product(connection)
    with Rival(database_url) as other:
        with connection.transaction():
            changed(connection, product_id, saleStartsAt=TEN.isoformat())
            other.start(lambda own: changed(own, product_id, saleEndsAt=NINE.isoformat()))
        with pytest.raises(InvalidRequest):
            other.result()
    found = products.find(connection, product_id, 120)
    assert found is not None
    assert (found.sale_starts_at, found.sale_ends_at) == (TEN, None)


def test_a_product_that_is_not_there_can_not_be_changed(connection: Connection) -> None:
    with pytest.raises(NotFound):
        changed(connection, uuid4(), price=1)
    assert changes(connection) == []
