"""The table of products."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg import Connection, sql
from psycopg.rows import args_row


@dataclass(frozen=True, slots=True)
class Product:
    """A product with its live stock: columns of the view `product_shown`."""

    id: UUID
    name: str
    price: Decimal
    hold_seconds: int | None  # None: HOLD_SECONDS applies
    max_per_shopper: int | None  # None: no limit
    sale_starts_at: datetime | None  # None: no bound
    sale_ends_at: datetime | None
    total_stock: int  # available + held + sold
    available_stock: int  # includes the units of lapsed holds, unless somebody waits for them
    next_release_at: datetime | None  # when the next hold lapses
    paused: bool  # nobody can reserve it
    waiting: int  # shoppers in the waiting list
    description: str | None
    image_url: str | None  # https, or a path of the shop
    illustration: str | None  # the name of a drawn picture of the shop, for a product without an image
    currency: str  # ISO 4217; never changes, so that it is also that of each reservation's unit_price


COLUMNS = sql.SQL(", ").join(sql.Identifier(field.name) for field in fields(Product))
"""The columns of a product in `product_shown`. Queries name them, so that later versions may add others."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A product as operators see it."""

    product: Product
    retired_at: datetime | None  # None: not retired


def list_for_sale(connection: Connection) -> list[Product]:
    """Return every product that is not retired, with its live stock, ordered by name."""
    statement = sql.SQL("SELECT {} FROM product_shown WHERE retired_at IS NULL ORDER BY name, id").format(COLUMNS)
    return connection.cursor(row_factory=args_row(Product)).execute(statement).fetchall()


def list_all(connection: Connection) -> list[Listed]:
    """Return every product with its live stock, ordered by name, the retired ones last."""
    statement = sql.SQL("SELECT retired_at, {} FROM product_shown ORDER BY retired_at IS NOT NULL, name, id")
    return connection.cursor(row_factory=args_row(_listed)).execute(statement.format(COLUMNS)).fetchall()


def find(connection: Connection, product_id: UUID) -> Product | None:
    """Return a product with its live stock, or None."""
    statement = sql.SQL("SELECT {} FROM product_shown WHERE id = %s").format(COLUMNS)
    return connection.cursor(row_factory=args_row(Product)).execute(statement, [product_id]).fetchone()


def insert(connection: Connection, product_id: UUID, columns: Mapping[str, object]) -> bool:
    """Add a product without stock; return False if a product with this id exists.

    `columns` has name and price, and may have the others that an admin may set.
    """
    given = {**columns, "id": product_id}
    statement = sql.SQL("INSERT INTO products ({}) VALUES ({}) ON CONFLICT (id) DO NOTHING").format(
        sql.SQL(", ").join(map(sql.Identifier, given)), sql.SQL(", ").join(map(sql.Placeholder, given))
    )
    return connection.execute(statement, given).rowcount == 1


def change(connection: Connection, product_id: UUID, columns: Mapping[str, object]) -> None:
    """Set at least one column of a product."""
    assignments = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in columns]
    statement = sql.SQL("UPDATE products SET {} WHERE id = %(product_id)s").format(sql.SQL(", ").join(assignments))
    connection.execute(statement, {**columns, "product_id": product_id})


def retire(connection: Connection, product_id: UUID, *, retired: bool) -> None:
    """Take a product off the shop's list and end its sale, or put it back. Keeps the time of an earlier retirement."""
    connection.execute(
        "UPDATE products SET retired_at = CASE WHEN %s THEN coalesce(retired_at, instant_now()) END WHERE id = %s",
        [retired, product_id],
    )


def _listed(retired_at: datetime | None, *columns: Any) -> Listed:
    return Listed(Product(*columns), retired_at)
