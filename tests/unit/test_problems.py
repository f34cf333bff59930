"""The table from errors to problems."""

import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from app import app
from chalicelib import errors
from chalicelib.api import problems
from chalicelib.api.problems import INTERNAL, KINDS
from chalicelib.formats import Json

NOT_FOR_CALLERS = {errors.ConfigurationError, errors.MalformedMessage, errors.NotPublished}
SOMEONES = UUID("660e8400-e29b-41d4-a716-446655440001")
NINE = datetime(2026, 11, 27, 10, tzinfo=timezone(timedelta(hours=1)))
NINE_TEXT = "2026-11-27T09:00:00.000Z"
CASES: list[tuple[errors.FlashSaleError, int, str, Json]] = [
    (
        errors.InvalidRequest([("quantity", "is wrong")]),
        400,
        "invalid-request",
        {"errors": [{"field": "quantity", "message": "is wrong"}]},
    ),
    (errors.Unauthenticated(), 401, "unauthenticated", {}),
    (errors.PaymentDeclined(), 402, "payment-declined", {}),
    (errors.Forbidden(), 403, "forbidden", {}),
    (errors.NotFound(), 404, "not-found", {}),
    (errors.MethodNotAllowed(["GET"]), 405, "method-not-allowed", {}),
    (
        errors.InsufficientStock(3, 2, NINE),
        409,
        "insufficient-stock",
        {"availableStock": 2, "nextReleaseAt": NINE_TEXT},
    ),
    (errors.InsufficientStock(1, 0, None), 409, "insufficient-stock", {"availableStock": 0, "nextReleaseAt": None}),
    (errors.LimitExceeded(2, 2, None), 409, "limit-exceeded", {"held": 2, "limit": 2, "reservationId": None}),
    (
        errors.LimitExceeded(1, 2, SOMEONES),
        409,
        "limit-exceeded",
        {"held": 1, "limit": 2, "reservationId": str(SOMEONES)},
    ),
    (errors.TooManyHolds(5, 5), 409, "too-many-holds", {"activeHolds": 5, "limit": 5}),
    (errors.CoolingDown(3, NINE, 0.2), 409, "cooling-down", {"lapses": 3, "until": NINE_TEXT}),
    (errors.ExtensionLimit(others_wait=True), 409, "extension-limit", {"othersWait": True}),
    (errors.ExtensionTooEarly(NINE, 59.2), 409, "extension-too-early", {"extendableAt": NINE_TEXT}),
    (errors.PaymentUsed(), 409, "payment-used", {}),
    (errors.SaleNotOpen(NINE, None), 409, "sale-not-open", {"saleStartsAt": NINE_TEXT, "saleEndsAt": None}),
    (errors.SaleNotOpen(None, NINE), 409, "sale-not-open", {"saleStartsAt": None, "saleEndsAt": NINE_TEXT}),
    (errors.SalePaused(), 409, "sale-paused", {}),
    (errors.InStock(3), 409, "in-stock", {"availableStock": 3}),
    (errors.AlreadyWaiting(SOMEONES, 2), 409, "already-waiting", {"waiterId": str(SOMEONES), "quantity": 2}),
    (errors.WaitingListFull(1000), 409, "waiting-list-full", {"limit": 1000}),
    (errors.TooManyJoins(), 409, "too-many-joins", {}),
    (errors.NotWaiting("LEFT", None), 409, "not-waiting", {"waiterStatus": "LEFT", "reservationId": None}),
    (
        errors.NotWaiting("OFFERED", SOMEONES),
        409,
        "not-waiting",
        {"waiterStatus": "OFFERED", "reservationId": str(SOMEONES)},
    ),
    (errors.NotActive("COMPLETED"), 409, "not-active", {"reservationStatus": "COMPLETED"}),
    (
        errors.NotActive("CANCELLED", "pay-1"),
        409,
        "not-active",
        {"reservationStatus": "CANCELLED", "refundRequired": True, "paymentReference": "pay-1"},
    ),
    (errors.ReservationExpired(), 410, "reservation-expired", {}),
    (
        errors.RefundRequired("pay-1"),
        410,
        "reservation-expired",
        {"refundRequired": True, "paymentReference": "pay-1"},
    ),
    (errors.TooLarge(), 413, "too-large", {}),
    (errors.UnsupportedMediaType(), 415, "unsupported-media-type", {}),
    (errors.IdempotencyMismatch(), 422, "idempotency-mismatch", {}),
    (errors.TooManyRequests(30), 429, "too-many-requests", {}),
    (errors.TooManyAtOnce(), 429, "too-many-requests", {}),
    (errors.Busy(), 503, "busy", {}),
    (errors.Locked(), 503, "busy", {}),
]


@pytest.mark.parametrize(("error", "status", "name", "members"), CASES, ids=lambda value: type(value).__name__)
def test_a_problem_has_the_members_of_the_contract_and_no_other(
    error: errors.FlashSaleError, status: int, name: str, members: Json
) -> None:
    reply = problems.response(error)
    body = json.loads(reply.body)
    assert (reply.status_code, reply.headers["Content-Type"]) == (status, "application/problem+json")
    assert body.pop("type").endswith(f":{name}")
    assert body.pop("title")
    assert body.pop("detail") == str(error) != ""
    assert body == {"status": status, **members}


def test_every_kind_has_a_case() -> None:
    assert {type(error) for error, *_ in CASES} == KINDS.keys()


def test_every_error_that_a_route_may_give_has_a_kind() -> None:
    given = {
        refusal
        for methods in app.routes.values()
        for entry in methods.values()
        for refusal in entry.view_function.operation.refusals
    }
    assert given <= KINDS.keys()


def test_every_error_that_is_for_callers_has_a_kind() -> None:
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type) and kind is not errors.FlashSaleError]
    assert {kind for kind in classes if issubclass(kind, errors.FlashSaleError)} - NOT_FOR_CALLERS == KINDS.keys()


def test_only_special_cases_of_a_kind_share_its_name() -> None:
    special: dict[type[errors.FlashSaleError], type[errors.FlashSaleError]] = {
        errors.RefundRequired: errors.ReservationExpired,
        errors.Locked: errors.Busy,
        errors.TooManyAtOnce: errors.TooManyRequests,
    }
    assert all(KINDS[case].name == KINDS[general].name for case, general in special.items())
    names = [kind.name for error, kind in KINDS.items() if error not in special] + [INTERNAL.name]
    assert len(names) == len(set(names))


def test_errors_that_may_pass_have_a_retry_after_in_whole_seconds() -> None:
    replies = {type(error).__name__: problems.response(error) for error, *_ in CASES}
    seconds = {name: reply.headers.get("Retry-After") for name, reply in replies.items()}
    wanted = {
        "Busy": "1",
        "Locked": "1",
        "TooManyRequests": "30",
        "TooManyAtOnce": "1",
        "CoolingDown": "1",
        "ExtensionTooEarly": "60",
    }
    assert {name: text for name, text in seconds.items() if text} == wanted


def test_the_detail_of_a_refusal_begins_as_the_shop_expects() -> None:
    assert str(errors.InsufficientStock(1, 0, None)).startswith("Insufficient stock")


def test_an_internal_error_shows_the_request_id_alone() -> None:
    reply = problems.internal("4711")
    body = json.loads(reply.body)
    assert (reply.status_code, body["type"]) == (500, "urn:flash-sale:problem:internal")
    assert body["detail"] == "The server logged the error under request 4711."


def test_any_text_in_an_error_has_a_form_in_utf_8() -> None:
    reply = problems.response(errors.InvalidRequest([("\ud800", "is half a character")]))
    assert json.loads(reply.body.encode())["errors"][0]["field"] == "\ud800"
    assert datetime.fromisoformat(NINE_TEXT) == NINE.astimezone(UTC)
