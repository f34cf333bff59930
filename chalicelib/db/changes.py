"""Changes that admins made: who changed which product, how and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from chalicelib.db.connection import require_transaction


@dataclass(frozen=True, slots=True)
class Change:
    """A change that an admin made."""

    id: int
    made_at: datetime
    made_by: str  # the subject of the admin's token
    product_id: UUID
    product_name: str  # as it is now
    action: str
    details: dict[str, Any]  # the request as the admin sent it


def record(
    connection: Connection,
    product_id: UUID,
    made_by: str,
    action: Literal["create", "change"],
    details: dict[str, Any],
) -> None:
    """Record a change in the transaction that makes it. The database function `restock` records restocks itself."""
    require_transaction(connection)
    connection.execute(
        "INSERT INTO admin_changes (made_by, product_id, action, details) VALUES (%s, %s, %s, %s)",
        [made_by, product_id, action, Jsonb(details)],
    )


def newest(connection: Connection, limit: int, before: int | None = None) -> list[Change]:
    """Return at most `limit` changes, newest first; with `before`, only those older than that change."""
    cursor = connection.cursor(row_factory=class_row(Change))
    return cursor.execute(
        "SELECT made.id, made_at, made_by, product_id, product.name AS product_name, action, details"
        " FROM admin_changes AS made JOIN products AS product ON product.id = made.product_id"
        " WHERE coalesce(made.id < %(before)s::bigint, true) ORDER BY made.id DESC LIMIT %(limit)s",
        {"limit": limit, "before": before},
    ).fetchall()
