"""Reserve: take units from stock for a hold."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chalicelib import metrics
from chalicelib.db import refusal_counts, reservations
from chalicelib.db.connection import Connection
from chalicelib.db.reservations import Reservation, ReservePolicy, ReserveRequest
from chalicelib.errors import (
    CoolingDown,
    FlashSaleError,
    IdempotencyMismatch,
    InsufficientStock,
    LimitExceeded,
    NotFound,
    SaleNotOpen,
    SalePaused,
    TooManyHolds,
)
from chalicelib.log import elapsed_ms, logger


@dataclass(frozen=True, slots=True)
class Reserved:
    """A reservation. `replayed` is true if an earlier request with the same idempotency key made it.

    `database_ms` is how long the call to the database took, in milliseconds.
    """

    reservation: Reservation
    replayed: bool
    database_ms: float


def reserve(connection: Connection, request: ReserveRequest, policy: ReservePolicy) -> Reserved:
    """Return a new reservation, or the one that an earlier request with the same idempotency key made.

    One call to the database. A refusal is logged and counted.

    Raises NotFound, SalePaused, SaleNotOpen, LimitExceeded, CoolingDown, TooManyHolds, InsufficientStock,
    IdempotencyMismatch, or the driver's error if a lock was not free in time.
    """
    began = time.perf_counter()
    result = reservations.reserve(connection, request, policy)
    database_ms = round((time.perf_counter() - began) * 1000, 3)
    match result.outcome:
        case "reserved" | "replayed":
            return Reserved(result.reservation, result.outcome == "replayed", database_ms)
        case "not-found":
            raise NotFound
        case "key-mismatch":
            raise IdempotencyMismatch
        case _:
            reason = named(result.refusal or {})
            record_refusal(request, reason["reason"], product=reason["product_name"], database_ms=database_ms)
            raise refusal(request.quantity, reason)


def record_refusal(request: ReserveRequest, reason: str, *, exists: bool = True, **known: str | float) -> None:
    """Count a refusal, and write one line, which CloudWatch counts as a metric, whose value is the units asked for.

    The product is a dimension of the metric only if it is known to exist. Callers can invent ids, and each costs money.
    """
    refusal_counts.current().add(request.product_id, reason)
    product = {"product_id": str(request.product_id)}
    refused = metrics.fields("Refused", request.quantity, **(product if exists else {}), reason=reason)
    said = {"quantity": request.quantity, "function_ms": elapsed_ms(), **product, **known, **refused}
    logger.info("refused", extra=said)


def refusal(quantity: int, reason: dict[str, Any]) -> FlashSaleError:
    """Return the error for a refusal of the database function `reserve`."""
    return _REFUSALS[reason["reason"]](quantity, reason)


def named(reason: dict[str, Any]) -> dict[str, Any]:
    """Return the refusal under its own name. The database calls a paused sale `sale-not-open`, with `paused`."""
    return {**reason, "reason": "sale-paused"} if reason.get("paused") else reason


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_REFUSALS: dict[str, Callable[[int, dict[str, Any]], FlashSaleError]] = {
    "sale-not-open": lambda _, given: SaleNotOpen(_instant(given["starts_at"]), _instant(given["ends_at"])),
    "sale-paused": lambda _quantity, _given: SalePaused(),
    "limit-exceeded": lambda _, given: LimitExceeded(
        given["held"], given["limit"], UUID(given["reservation_id"]) if given["reservation_id"] else None
    ),
    "cooling-down": lambda _, given: CoolingDown(
        given["lapses"], datetime.fromisoformat(given["until"]), given["seconds"]
    ),
    "too-many-holds": lambda _, given: TooManyHolds(given["active_holds"], given["limit"]),
    "insufficient-stock": lambda quantity, given: InsufficientStock(
        quantity, given["available"], _instant(given["next_release_at"])
    ),
}
