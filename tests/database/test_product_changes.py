"""Creating and changing products."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

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
CONDITIONS = {"hold_seconds": 30, "max_per_shopper": 2, "sale_starts_at": NINE, "sale_ends_at": TEN}
DETAILS = {"asked": "for"}


def created(connection: Connection, units: int = 60, made_by: str = "ada", **columns: Any) -> Product:
    """Create a lamp."""
    return create(connection, {"name": "Lamp", "price": Decimal("19.99"), **columns}, units, made_by, DETAILS)


def changed(connection: Connection, product_id: UUID, **columns: Any) -> Product:
    """Change columns of a product."""
    return change(connection, product_id, columns, "ada", DETAILS)


def changes(connection: Connection) -> list[Any]:
    return connection.execute("SELECT made_by, product_id, action, details FROM admin_changes ORDER BY id").fetchall()


def conditions(found: Product) -> dict[str, Any]:
    return {name: value for name, value in asdict(found).items() if name in CONDITIONS}


def test_a_new_product_has_all_of_its_units(connection: Connection) -> None:
    made = created(connection)
    assert (made.name, made.price, made.total_stock, made.available_stock) == ("Lamp", Decimal("19.99"), 60, 60)
    assert conditions(made) == dict.fromkeys(CONDITIONS)
    assert connection.execute("SELECT slot, total, available FROM stock ORDER BY slot").fetchall() == [
        (0, 30, 30),
        (1, 30, 30),
    ]


def test_a_new_product_may_have_conditions(connection: Connection) -> None:
    assert conditions(created(connection, **CONDITIONS)) == CONDITIONS


def test_the_journal_and_the_changes_have_a_new_product(connection: Connection) -> None:
    made = created(connection)
    assert connection.execute("SELECT event, product_id, quantity, by FROM journal").fetchall() == [
        ("RESTOCKED", made.id, 60, "admin")
    ]
    assert changes(connection) == [("ada", made.id, "create", DETAILS)]


def test_a_product_without_units_has_no_journal_entry(connection: Connection) -> None:
    assert created(connection, 0).total_stock == 0
    assert connection.execute("SELECT FROM journal").fetchall() == []


def test_a_create_that_fails_at_its_end_leaves_nothing(connection: Connection) -> None:
    with pytest.raises(Exception, match="admin_changes_made_by_someone"):
        created(connection, made_by="")
    for table in ("products", "stock", "journal"):
        assert connection.execute(f"SELECT FROM {table}").fetchall() == []


def test_columns_that_are_not_given_stay(connection: Connection) -> None:
    made = created(connection, **CONDITIONS)
    assert changed(connection, made.id, price=Decimal(5)) == replace(made, price=Decimal(5))
    assert changes(connection)[1:] == [("ada", made.id, "change", DETAILS)]


def test_null_removes_a_condition(connection: Connection) -> None:
    made = created(connection, **CONDITIONS)
    none = dict.fromkeys(CONDITIONS)
    assert changed(connection, made.id, **none) == replace(made, **none)


def test_everything_can_be_changed_at_once(connection: Connection) -> None:
    columns = {"name": "Lamp", "price": Decimal("1.5"), **CONDITIONS}
    found = asdict(changed(connection, product(connection), **columns))
    assert found.items() >= columns.items()


def test_other_products_stay_as_they_are(connection: Connection) -> None:
    first, second = product(connection), product(connection)
    before = products.find(connection, second)
    changed(connection, first, name="Lamp", price=3)
    assert products.find(connection, second) == before


def test_running_holds_stay_as_they_were_made(connection: Connection) -> None:
    product_id = product(connection)
    hold = active(connection, product_id, hold_seconds=120)
    changed(connection, product_id, hold_seconds=7, price=99)
    assert find(connection, hold.id, ANONYMOUS) == hold
    later = active(connection, product_id)
    assert (later.expires_at - later.created_at, later.unit_price) == (timedelta(seconds=7), Decimal(99))


@pytest.mark.parametrize("ends", [NINE, NINE - timedelta(milliseconds=1)])
def test_the_sale_of_a_new_product_ends_after_its_start(connection: Connection, ends: datetime) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        created(connection, sale_starts_at=NINE, sale_ends_at=ends)
    assert [field for field, _ in refusal.value.errors] == ["saleEndsAt"]
    assert connection.execute("SELECT FROM products").fetchall() == []


@pytest.mark.parametrize(
    ("column", "instant", "refused"),
    [
        ("sale_starts_at", TEN - timedelta(milliseconds=1), None),
        ("sale_starts_at", TEN, "saleStartsAt"),
        ("sale_ends_at", NINE + timedelta(milliseconds=1), None),
        ("sale_ends_at", NINE, "saleEndsAt"),
    ],
)
def test_one_end_of_a_sale_is_compared_with_the_other_that_is_there(
    connection: Connection, column: str, instant: datetime, refused: str | None
) -> None:
    made = created(connection, sale_starts_at=NINE, sale_ends_at=TEN)
    if refused is None:
        assert changed(connection, made.id, **{column: instant}) == replace(made, **{column: instant})
        return
    with pytest.raises(InvalidRequest) as refusal:
        changed(connection, made.id, **{column: instant, "price": 1})
    assert [field for field, _ in refusal.value.errors] == [refused]
    assert products.find(connection, made.id) == made
    assert len(changes(connection)) == 1


def test_a_sale_that_another_change_would_end_before_its_start_is_refused(
    connection: Connection, database_url: str
) -> None:
    product_id = product(connection)
    with Rival(database_url) as other:
        with connection.transaction():
            changed(connection, product_id, sale_starts_at=TEN)
            other.start(lambda own: changed(own, product_id, sale_ends_at=NINE))
        with pytest.raises(InvalidRequest):
            other.result()
    found = products.find(connection, product_id)
    assert found is not None
    assert (found.sale_starts_at, found.sale_ends_at) == (TEN, None)


def test_a_product_that_is_not_there_can_not_be_changed(connection: Connection) -> None:
    with pytest.raises(NotFound):
        changed(connection, uuid4(), price=1)
    assert changes(connection) == []
