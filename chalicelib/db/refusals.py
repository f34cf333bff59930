"""The table of refused reserve requests, counted by product and reason. Approximate; the log is exact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import args_row


@dataclass(frozen=True, slots=True)
class Refused:
    """How many requests for a product were refused for one reason."""

    product_id: UUID
    reason: str
    requests: int


def add(connection: Connection, counts: Mapping[tuple[UUID, str], int]) -> None:
    """Add requests by product and reason, as of now. Those for products that do not exist are left out.

    Locks and changes no row.
    """
    statement = """
        INSERT INTO refusals (product_id, reason, requests)
        SELECT id, reason, requests
        FROM unnest(%s::uuid[], %s::text[], %s::integer[]) AS counted (product_id, reason, requests)
        JOIN products ON id = product_id
    """
    product_ids, reasons = zip(*counts, strict=True)
    connection.execute(statement, [list(product_ids), list(reasons), list(counts.values())])


def counted(connection: Connection, since: datetime) -> list[Refused]:
    """Return the requests from `since` on, by product and reason, the most frequent first."""
    statement = """
        SELECT product_id, reason, sum(requests) AS requests FROM refusals
        WHERE at >= %s GROUP BY product_id, reason ORDER BY requests DESC, reason
    """
    return connection.cursor(row_factory=args_row(Refused)).execute(statement, [since]).fetchall()
