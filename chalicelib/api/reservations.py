"""Routes: a shopper's reservations, made and read."""

from functools import partial

from chalice.app import Blueprint, Response

from chalicelib import config
from chalicelib.api import cursor, replies, requests
from chalicelib.api.endpoint import Operation, endpoint
from chalicelib.api.schemas import Reservation, ReservationDetails, ReservationQuery, ReserveRequest
from chalicelib.aws import expiry_queue
from chalicelib.db import connection as database
from chalicelib.db import reservations
from chalicelib.db.holds import Terms, Wish
from chalicelib.errors import (
    Busy,
    CoolingDown,
    IdempotencyMismatch,
    InsufficientStock,
    InvalidRequest,
    LimitExceeded,
    NotFound,
    SaleNotOpen,
    TooLarge,
    TooManyHolds,
    Unauthenticated,
    UnsupportedMediaType,
)
from chalicelib.lifecycle.reserve import reserve
from chalicelib.log import logger

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
    TooLarge,
    UnsupportedMediaType,
    IdempotencyMismatch,
    Busy,
)


@routes.route("/reservations", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation(
        "Reserve units of a product; they are held until `expiresAt`.",
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
    wish = Wish(wanted.product_id, wanted.quantity, shopper_id, requests.idempotency_key(request))
    reserved = database.current().run(partial(reserve, wish=wish, terms=_terms()))
    reservation = reserved.reservation
    # Relative to this address, which has a different prefix behind each front door.
    headers: replies.Headers = {"Location": f"reservations/{reservation.id}"}
    if reserved.replayed:
        return replies.private(reservation, 201, {**headers, "Idempotency-Replayed": "true"})
    hold_seconds = (reservation.expires_at - reservation.created_at).total_seconds()
    expiry_queue.current().send_if_possible(reservation.id, hold_seconds)
    logger.info("reserved", extra={"reservation_id": str(reservation.id), "quantity": reservation.quantity})
    return replies.private(reservation, 201, headers)


def _terms() -> Terms:
    settings = config.load()
    return Terms(
        settings.hold_seconds,
        settings.max_extensions,
        settings.max_active_holds,
        settings.lapses_before_cooldown,
        settings.cooldown_seconds,
    )


@routes.route("/reservations", methods=["GET"])
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
    page = reservations.Page(query.limit + 1, query.status, after)  # one more tells whether there is a next page
    found = database.current().run(partial(reservations.list_page, shopper_id=shopper_id, page=page))
    return replies.private(found[: query.limit], headers=_next_link(query, found))


@routes.route("/reservations/{reservation_id}", methods=["GET"])
@endpoint(Operation("Show one of your reservations and what it went through.", ReservationDetails, refusals=_OF_ONE))
def show_reservation(reservation_id: str) -> Response:
    shopper_id = requests.shopper(routes.current_request)
    identifier = requests.path_id(reservation_id)
    lookup = partial(reservations.find_with_timeline, reservation_id=identifier, shopper_id=shopper_id)
    reservation = database.current().run(lookup)
    if reservation is None:
        raise NotFound
    return replies.private(reservation)


def _next_link(query: ReservationQuery, found: list[Reservation]) -> replies.Headers:
    if len(found) <= query.limit:
        return {}
    return replies.next_page(limit=query.limit, after=cursor.after(found[query.limit - 1]), status=query.status)
