"""The table that maps errors to HTTP problems (RFC 9457)."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalice.app import Response

from chalicelib import errors
from chalicelib.api.replies import Headers
from chalicelib.formats import Json, rfc3339

CONTENT_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:flash-sale:problem:"
RETRY_SECONDS = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """The parts of a problem that do not depend on the request."""

    status: int
    name: str
    title: str
    retry: bool = False


INTERNAL = Kind(500, "internal", "Internal server error")
KINDS: dict[type[errors.FlashSaleError], Kind] = {
    errors.InvalidRequest: Kind(400, "invalid-request", "Invalid request"),
    errors.Unauthenticated: Kind(401, "unauthenticated", "Not authenticated"),
    errors.PaymentDeclined: Kind(402, "payment-declined", "Payment declined"),
    errors.Forbidden: Kind(403, "forbidden", "Forbidden"),
    errors.NotFound: Kind(404, "not-found", "Not found"),
    errors.MethodNotAllowed: Kind(405, "method-not-allowed", "Method not allowed"),
    errors.InsufficientStock: Kind(409, "insufficient-stock", "Insufficient stock"),
    errors.LimitExceeded: Kind(409, "limit-exceeded", "Limit per shopper exceeded"),
    errors.TooManyHolds: Kind(409, "too-many-holds", "Too many holds"),
    errors.CoolingDown: Kind(409, "cooling-down", "Too many lapsed or cancelled holds", retry=True),
    errors.ExtensionLimit: Kind(409, "extension-limit", "No extension left"),
    errors.ExtensionTooEarly: Kind(409, "extension-too-early", "Too early to extend", retry=True),
    errors.PaymentUsed: Kind(409, "payment-used", "Payment already used"),
    errors.SaleNotOpen: Kind(409, "sale-not-open", "Sale not open"),
    errors.SalePaused: Kind(409, "sale-paused", "Sale paused"),
    errors.InStock: Kind(409, "in-stock", "Units in stock"),
    errors.AlreadyWaiting: Kind(409, "already-waiting", "Already in the waiting list"),
    errors.WaitingListFull: Kind(409, "waiting-list-full", "Waiting list full"),
    errors.TooManyJoins: Kind(409, "too-many-joins", "Too many joins"),
    errors.NotWaiting: Kind(409, "not-waiting", "Not in the waiting list"),
    errors.NotActive: Kind(409, "not-active", "Reservation not active"),
    errors.ReservationExpired: Kind(410, "reservation-expired", "Reservation expired"),
    errors.RefundRequired: Kind(410, "reservation-expired", "Reservation expired, refund required"),
    errors.TooLarge: Kind(413, "too-large", "Request body too large"),
    errors.UnsupportedMediaType: Kind(415, "unsupported-media-type", "Unsupported media type"),
    errors.IdempotencyMismatch: Kind(422, "idempotency-mismatch", "Idempotency key used with another body"),
    errors.TooManyRequests: Kind(429, "too-many-requests", "Too many requests", retry=True),
    errors.TooManyAtOnce: Kind(429, "too-many-requests", "Too many requests", retry=True),
    errors.Busy: Kind(503, "busy", "Service busy", retry=True),
    errors.Locked: Kind(503, "busy", "Service busy", retry=True),
}


# The errors that a caller may see. Any other error is logged and answered with status 500.
ANSWERABLE = tuple(KINDS)


def response(error: errors.FlashSaleError) -> Response:
    """Return the reply for an error of the table."""
    reply = _response(KINDS[type(error)], str(error), _members(error), _retry_seconds(error))
    if isinstance(error, errors.MethodNotAllowed):
        reply.headers["Allow"] = ", ".join(error.allowed)
    return reply


def internal(request_id: str) -> Response:
    """Return the reply for an unexpected error. It has the request id, by which the log line can be found."""
    return _response(INTERNAL, f"The server logged the error under request {request_id}.", {})


def _response(kind: Kind, detail: str, members: Json, retry_seconds: int = RETRY_SECONDS) -> Response:
    body = {"type": TYPE_PREFIX + kind.name, "title": kind.title, "status": kind.status, "detail": detail, **members}
    headers: Headers = {"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store"}
    if kind.retry:
        headers["Retry-After"] = str(retry_seconds)
    if kind.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    # ASCII escapes, because a field name may contain half a surrogate pair, which UTF-8 can't encode.
    return Response(json.dumps(body), headers, kind.status)


def _retry_seconds(error: errors.FlashSaleError) -> int:
    match error:
        case errors.TooManyRequests() | errors.CoolingDown() | errors.ExtensionTooEarly():
            return max(RETRY_SECONDS, math.ceil(error.seconds))
        case _:
            return RETRY_SECONDS


def _members(error: errors.FlashSaleError) -> Json:
    members = _MEMBERS.get(type(error))
    return members(error) if members else {}


def _refund(payment_reference: str | None) -> Json:
    return {"refundRequired": True, "paymentReference": payment_reference} if payment_reference else {}


def _instant(instant: datetime | None) -> str | None:
    return rfc3339(instant) if instant else None


# Further members of a problem, by their JSON names.
_MEMBERS: dict[type[errors.FlashSaleError], Callable[[Any], Json]] = {
    errors.InvalidRequest: lambda error: {
        "errors": [{"field": field, "message": message} for field, message in error.errors]
    },
    errors.InsufficientStock: lambda error: {
        "availableStock": error.available,
        "nextReleaseAt": _instant(error.next_release_at),
    },
    errors.LimitExceeded: lambda error: {
        "held": error.held,
        "limit": error.limit,
        "reservationId": str(error.reservation_id) if error.reservation_id else None,
    },
    errors.TooManyHolds: lambda error: {"activeHolds": error.active_holds, "limit": error.limit},
    errors.ExtensionLimit: lambda error: {"othersWait": error.others_wait},
    errors.ExtensionTooEarly: lambda error: {"extendableAt": _instant(error.extendable_at)},
    errors.CoolingDown: lambda error: {"lapses": error.lapses, "until": _instant(error.until)},
    errors.SaleNotOpen: lambda error: {
        "saleStartsAt": _instant(error.starts_at),
        "saleEndsAt": _instant(error.ends_at),
    },
    errors.InStock: lambda error: {"availableStock": error.available},
    errors.AlreadyWaiting: lambda error: {"waiterId": str(error.waiter_id), "quantity": error.quantity},
    errors.WaitingListFull: lambda error: {"limit": error.limit},
    errors.NotWaiting: lambda error: {
        "waiterStatus": error.status,
        "reservationId": str(error.reservation_id) if error.reservation_id else None,
    },
    errors.NotActive: lambda error: {"reservationStatus": error.status, **_refund(error.payment_reference)},
    errors.RefundRequired: lambda error: _refund(error.payment_reference),
}
