"""Routes: a shopper's reservations."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from chalice.app import Blueprint, Response

from chalicelib import config, database, expiry_queue, reservations
from chalicelib.api import cursor, replies, requests
from chalicelib.api.endpoint import Operation, endpoint
from chalicelib.database import Connection
from chalicelib.errors import (
    Busy,
    CoolingDown,
    ExtensionLimit,
    IdempotencyMismatch,
    InsufficientStock,
    InvalidRequest,
    LimitExceeded,
    NotActive,
    NotFound,
    ReservationExpired,
    SaleNotOpen,
    TooLarge,
    TooManyHolds,
    Unauthenticated,
    UnsupportedMediaType,
)
from chalicelib.holds import Terms, Wish
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.extend import extend
from chalicelib.lifecycle.reserve import reserve
from chalicelib.log import logger
from chalicelib.schemas import Reservation, ReservationDetails, ReservationQuery, ReserveRequest

routes = Blueprint(__name__)

_OF_ONE = (Unauthenticated, NotFound, Busy)
_OF_AN_ENDING = (Unauthenticated, NotFound, NotActive, ReservationExpired, Busy)
_OF_AN_EXTENSION = (Unauthenticated, NotFound, NotActive, ExtensionLimit, ReservationExpired, Busy)
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


@routes.route("/reservations/{reservation_id}/extend", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation(
        "Extend a running hold by its own length, at most `extensionsLeft` times. Repeating it extends it again:"
        " without a reply, read the reservation first.",
        Reservation,
        refusals=_OF_AN_EXTENSION,
    )
)
def extend_reservation(reservation_id: str) -> Response:
    shopper_id = requests.shopper(routes.current_request)
    identifier = requests.path_id(reservation_id)
    extended = database.current().run(partial(extend, reservation_id=identifier, shopper_id=shopper_id))
    expiry_queue.current().send_if_possible(identifier, extended.seconds_left)
    logger.info("extended", extra={"reservation_id": str(identifier)})
    return replies.private(extended.reservation)


@routes.route("/reservations/{reservation_id}/complete", methods=["POST"], content_types=["*/*"])
@endpoint(Operation("Complete a purchase by a mock payment.", Reservation, refusals=_OF_AN_ENDING))
def complete_reservation(reservation_id: str) -> Response:
    return _end(complete, reservation_id)


@routes.route("/reservations/{reservation_id}/cancel", methods=["POST"], content_types=["*/*"])
@endpoint(Operation("Give a hold back; its units are available at once.", Reservation, refusals=_OF_AN_ENDING))
def cancel_reservation(reservation_id: str) -> Response:
    return _end(cancel, reservation_id)


def _end(transition: Callable[[Connection, UUID, UUID], Reservation], reservation_id: str) -> Response:
    shopper_id = requests.shopper(routes.current_request)
    identifier = requests.path_id(reservation_id)
    reservation = database.current().run(lambda connection: transition(connection, identifier, shopper_id))
    logger.info(reservation.status.value.lower(), extra={"reservation_id": str(reservation.id)})
    return replies.private(reservation)


def _next_link(query: ReservationQuery, found: list[Reservation]) -> replies.Headers:
    if len(found) <= query.limit:
        return {}
    parameters = {"limit": query.limit, "after": cursor.after(found[query.limit - 1])}
    if query.status:
        parameters["status"] = query.status.value
    return {"Link": f'<?{urlencode(parameters)}>; rel="next"'}
