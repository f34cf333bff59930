"""One execution environment of a benchmark: the real handler, and the algorithm it is compared with."""

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from chalicelib.db.reservations import Reservation
from chalicelib.errors import InsufficientStock
from chalicelib.lifecycle.reserve import Reserved


@dataclass(frozen=True)
class Outcome:
    """How many reservations were made in how long, and how long each took, in seconds."""

    reserved: int
    seconds: float
    latencies: Sequence[float]

    @property
    def per_second(self) -> float:
        return self.reserved / self.seconds

    @property
    def p50(self) -> float:
        return sorted(self.latencies)[len(self.latencies) // 2]

    @property
    def p99(self) -> float:
        return sorted(self.latencies)[len(self.latencies) * 99 // 100]

    @classmethod
    def together(cls, parts: Sequence[Self]) -> Self:
        """Add up environments that ran side by side."""
        latencies = [latency for part in parts for latency in part.latencies]
        return cls(sum(part.reserved for part in parts), max(part.seconds for part in parts), latencies)


class NoQueue:
    """Stands for a queue that takes no time."""

    def send_if_possible(self, reservation_id: UUID, seconds: float) -> bool:
        del reservation_id, seconds
        return True


def set_up(url: str) -> None:
    """Give this process and those it starts the settings of a function."""
    os.environ.update(  # noqa: TID251 - as Lambda does before it loads the application
        DATABASE_URL=url,
        EXPIRY_QUEUE_URL="http://127.0.0.1:9/",
        ALLOW_ANONYMOUS="true",
        TOKEN_KEYS=f"bench:{'-' * 32}",
        LOG_LEVEL="WARNING",
    )


def attempts_for(algorithm: str, product_id: UUID, seconds: float, wait: Callable[[], object]) -> Outcome:
    """Open the environment, wait for the others, reserve again and again for so many seconds."""
    handler = open_environment(algorithm)
    event = reserve_event(product_id)
    for _ in range(3):  # connects and prepares
        handler(event, None)
    wait()
    began = time.perf_counter()
    latencies: list[float] = []
    while (before := time.perf_counter()) - began < seconds:
        reply = handler(event, None)
        latencies.append(time.perf_counter() - before)
        if reply["statusCode"] != 201:
            raise AssertionError(reply)
    return Outcome(len(latencies), time.perf_counter() - began, latencies)


def open_environment(algorithm: str) -> Callable[[Any, Any], Any]:
    """Return the application's handler, with one of the algorithms in it."""
    import app
    from chalicelib.api import reservations
    from chalicelib.aws import expiry_queue

    expiry_queue.current = NoQueue
    if algorithm == "single row":
        reservations.reserve = reserve_from_a_single_row
    return app.app


def reserve_event(product_id: UUID) -> dict[str, Any]:
    """Return API Gateway's event for a reserve of one unit."""
    return {
        "resource": "/reservations",
        "path": "/reservations",
        "httpMethod": "POST",
        "requestContext": {"resourcePath": "/reservations", "httpMethod": "POST", "path": "/api/reservations"},
        "headers": {"Content-Type": "application/json", "Host": "shop.example.com", "Accept": "*/*"},
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "body": json.dumps({"productId": str(product_id), "quantity": 1}),
        "isBase64Encoded": False,
    }


def reserve_from_a_single_row(connection: Connection, wish: Wish, terms: Terms) -> Reserved:
    """Reserve as the reference product does: lock the product's row, update it, insert, commit, a round trip each."""
    with connection.transaction():
        row = connection.execute(
            "SELECT stock.available, product.price, product.name FROM stock"
            " JOIN products AS product ON product.id = stock.product_id"
            " WHERE product_id = %s FOR UPDATE OF stock",
            [wish.product_id],
        ).fetchone()
        if row is None or row[0] < wish.quantity:
            raise InsufficientStock(wish.quantity, row[0] if row else 0, None)
        connection.execute(
            "UPDATE stock SET available = available - %s WHERE product_id = %s", [wish.quantity, wish.product_id]
        )
        reservation = (
            connection.cursor(row_factory=class_row(Reservation))
            .execute(
                "INSERT INTO reservations"
                " (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at)"
                " SELECT %s, 0, %s, %s, %s, now, now + make_interval(secs => %s) FROM instant_now() AS now"
                " RETURNING id, product_id, %s::text AS product_name, quantity, unit_price, status, created_at,"
                " expires_at, NULL AS completed_at, NULL AS cancelled_at, NULL AS expired_at,"
                " extensions_left, replaces",
                [wish.product_id, wish.shopper_id, wish.quantity, row[1], terms.hold_seconds, row[2]],
            )
            .fetchone()
        )
    assert reservation is not None
    return Reserved(reservation, replayed=False)
