"""Routes of reservations: reserve, list, show, extend, complete and cancel."""

from chalice.app import Blueprint, Response

from chalicelib import config, payment_provider
from chalicelib.api import cursor, replies, requests
from chalicelib.api.endpoint import Operation, endpoint
from chalicelib.api.schemas import (
    CompleteRequest,
    Reservation,
    ReservationDetails,
    ReservationQuery,
    ReserveRequest,
)
from chalicelib.aws import expiry_queue
from chalicelib.db import connection as database
from chalicelib.db import reservations
from chalicelib.db.reservations import ReservePolicy
from chalicelib.errors import (
    Busy,
    CoolingDown,
    ExtensionLimit,
    ExtensionTooEarly,
    IdempotencyMismatch,
    InsufficientStock,
    InvalidRequest,
    LimitExceeded,
    NotActive,
    NotFound,
    PaymentDeclined,
    PaymentUsed,
    RefundRequired,
    ReservationExpired,
    SaleNotOpen,
    SalePaused,
    TooLarge,
    TooManyAtOnce,
    TooManyHolds,
    Unauthenticated,
    UnsupportedMediaType,
)
from chalicelib.formats import Json
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.extend import extend
from chalicelib.lifecycle.pay import PaymentAttempt, pay
from chalicelib.lifecycle.reserve import Reserved, record_refusal, reserve
from chalicelib.log import elapsed_ms, logger
from chalicelib.waiting_list.announce import announcing

routes = Blueprint(__name__)

_OF_ONE = (Unauthenticated, NotFound, Busy)
_OF_A_RESERVE = (
    InvalidRequest,
    Unauthenticated,
    NotFound,
    InsufficientStock,
    LimitExceeded,
    TooManyHolds,
    CoolingDown,
    SaleNotOpen,
    SalePaused,
    TooLarge,
    UnsupportedMediaType,
    IdempotencyMismatch,
    TooManyAtOnce,
    Busy,
)
_OF_A_CHANGE = (Unauthenticated, NotFound, NotActive, ReservationExpired, Busy)
_OF_A_PAYMENT = (
    InvalidRequest,
    PaymentDeclined,
    PaymentUsed,
    RefundRequired,
    TooLarge,
    UnsupportedMediaType,
    TooManyAtOnce,
)


@routes.route("/reservations", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation(
        "Reserve units of a product. The hold keeps them until `expiresAt`.",
        Reservation,
        status=201,
        body=ReserveRequest,
        headers=("Location", "Idempotency-Replayed"),
        idempotent=True,
        refusals=_OF_A_RESERVE,
    )
)
def reserve_units() -> Response:
    request = routes.current_request
    shopper_id = requests.shopper(request)
    wanted = requests.body(request, ReserveRequest)
    key = requests.idempotency_key(request)
    asked = reservations.ReserveRequest(wanted.product_id, wanted.quantity, shopper_id, key)
    try:
        reserved = announcing(database.current()).run(reserve, asked, reserve_policy())
    except TooManyAtOnce:  # raised before the product is looked up
        record_refusal(asked, "too-many-at-once", exists=False)
        raise
    reservation = reserved.reservation
    # Relative, because the path has a different prefix behind CloudFront than behind API Gateway.
    headers: replies.Headers = {"Location": f"reservations/{reservation.id}"}
    if reserved.replayed:
        return replies.private(Reservation.of(reservation), 201, {**headers, "Idempotency-Replayed": "true"})
    hold_seconds = (reservation.expires_at - reservation.created_at).total_seconds()
    expiry_queue.current().send_if_possible(reservation.id, hold_seconds)
    logger.info("reserved", extra=_about(reserved))
    return replies.private(Reservation.of(reservation), 201, headers)


def _about(reserved: Reserved) -> Json:
    """Return what the log line of a new reservation says."""
    made = reserved.reservation
    return {
        "reservation_id": str(made.id),
        "product_id": str(made.product_id),
        "product": made.product_name,
        "quantity": made.quantity,
        "database_ms": reserved.database_ms,
        "function_ms": elapsed_ms(),
    }


def reserve_policy() -> ReservePolicy:
    """Return the limits of every reserve."""
    settings = config.load()
    return ReservePolicy(
        settings.hold_seconds,
        settings.max_extensions,
        settings.max_active_holds,
        settings.lapses_before_cooldown,
        settings.cooldown_seconds,
    )


@routes.route("/reservations", methods=["GET"], content_types=["*/*"])
@endpoint(
    Operation(
        "List your reservations, newest first.",
        Reservation,
        many=True,
        query=ReservationQuery,
        headers=("Link",),
        refusals=(InvalidRequest, Unauthenticated, Busy),
    )
)
def list_reservations() -> Response:
    request = routes.current_request
    shopper_id = requests.shopper(request)
    query = requests.query(request, ReservationQuery)
    after = None if query.after is None else cursor.parse(query.after)
    page = reservations.Page(query.limit + 1, query.status, after)  # one row more shows whether there is a next page
    found = database.current().run(reservations.list_page, shopper_id, page)
    shown = [Reservation.of(row) for row in found[: query.limit]]
    return replies.private(shown, headers=_next_link(query, found))


@routes.route("/reservations/{reservation_id}", methods=["GET"], content_types=["*/*"])
@endpoint(Operation("Show one of your reservations with its timeline.", ReservationDetails, refusals=_OF_ONE))
def show_reservation(reservation_id: str) -> Response:
    shopper_id = requests.shopper(routes.current_request)
    identifier = requests.path_id(reservation_id)
    reservation = database.current().run(reservations.find, identifier, shopper_id)
    if reservation is None:
        raise NotFound
    timeline = database.current().run(reservations.find_timeline, identifier)
    return replies.private(ReservationDetails.with_timeline(reservation, timeline))


@routes.route("/reservations/{reservation_id}/extend", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation(
        "Extend a running hold by its original length, at most `extensionsLeft` times, from `extendableAt` on. Extend"
        " is not idempotent: if you got no reply, read the reservation first.",
        Reservation,
        refusals=(*_OF_A_CHANGE, ExtensionLimit, ExtensionTooEarly, TooManyAtOnce),
    )
)
def extend_reservation(reservation_id: str) -> Response:
    shopper_id = requests.shopper(routes.current_request)
    identifier = requests.path_id(reservation_id)
    extended = database.current().run(extend, identifier, shopper_id)
    expiry_queue.current().send_if_possible(identifier, extended.seconds_left)
    logger.info("extended", extra={"reservation_id": str(identifier)})
    return replies.private(Reservation.of(extended.reservation))


@routes.route("/reservations/{reservation_id}/complete", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation(
        "Complete a purchase with the payment that the body names. The payment provider must confirm the payment; the"
        " mock provider also confirms a request without one. If the hold has lapsed and units are left, the payment"
        " completes a new reservation that `replaces` the lapsed one.",
        Reservation,
        body=CompleteRequest,
        body_required=False,
        refusals=(*_OF_A_CHANGE, *_OF_A_PAYMENT),
    )
)
def complete_reservation(reservation_id: str) -> Response:
    request = routes.current_request
    shopper_id = requests.shopper(request)
    identifier = requests.path_id(reservation_id)
    paid = requests.optional_body(request, CompleteRequest)
    attempt = PaymentAttempt(identifier, shopper_id, paid.payment_reference if paid else None)
    return _ended(pay(announcing(database.current()), payment_provider.current(), attempt, config.load().hold_seconds))


@routes.route("/reservations/{reservation_id}/cancel", methods=["POST"], content_types=["*/*"])
@endpoint(Operation("Cancel a hold. Its units are available at once.", Reservation, refusals=_OF_A_CHANGE))
def cancel_reservation(reservation_id: str) -> Response:
    shopper_id = requests.shopper(routes.current_request)
    return _ended(announcing(database.current()).run(cancel, requests.path_id(reservation_id), shopper_id))


def _ended(reservation: reservations.Reservation) -> Response:
    logger.info(reservation.status.lower(), extra={"reservation_id": str(reservation.id)})
    return replies.private(Reservation.of(reservation))


def _next_link(query: ReservationQuery, found: list[reservations.Reservation]) -> replies.Headers:
    if len(found) <= query.limit:
        return {}
    return replies.next_page(limit=query.limit, after=cursor.after(found[query.limit - 1]), status=query.status)
