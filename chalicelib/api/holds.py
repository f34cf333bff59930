"""Routes: what a shopper does with a hold: extend it, pay for it, or give it back."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from chalice.app import Blueprint, Response

from chalicelib import config, payment_provider
from chalicelib.api import replies, requests
from chalicelib.api.endpoint import Operation, endpoint
from chalicelib.api.schemas import CompleteRequest, Reservation
from chalicelib.aws import expiry_queue
from chalicelib.db import connection as database
from chalicelib.db.connection import Connection
from chalicelib.errors import (
    Busy,
    ExtensionLimit,
    InvalidRequest,
    NotActive,
    NotFound,
    PaymentDeclined,
    PaymentUsed,
    RefundRequired,
    ReservationExpired,
    TooLarge,
    Unauthenticated,
    UnsupportedMediaType,
)
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.extend import extend
from chalicelib.lifecycle.pay import Claim, pay
from chalicelib.log import logger

routes = Blueprint(__name__)

_OF_A_CHANGE = (Unauthenticated, NotFound, NotActive, ReservationExpired, Busy)
_OF_A_PAYMENT = (InvalidRequest, PaymentDeclined, PaymentUsed, RefundRequired, TooLarge, UnsupportedMediaType)


@routes.route("/reservations/{reservation_id}/extend", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation(
        "Extend a running hold by its own length, at most `extensionsLeft` times. Repeating it extends it again:"
        " without a reply, read the reservation first.",
        Reservation,
        refusals=(*_OF_A_CHANGE, ExtensionLimit),
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
@endpoint(
    Operation(
        "Complete a purchase, by the payment that the body names or else by a mock payment. If the hold has lapsed"
        " meanwhile, the payment completes a new reservation that `replaces` it, if there are units left.",
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
    if paid is None or paid.payment_reference is None:
        return _end(complete, identifier, shopper_id)
    claim = Claim(paid.payment_reference, identifier, shopper_id)
    return _ended(pay(database.current(), payment_provider.current(), claim, config.load().hold_seconds))


@routes.route("/reservations/{reservation_id}/cancel", methods=["POST"], content_types=["*/*"])
@endpoint(Operation("Give a hold back; its units are available at once.", Reservation, refusals=_OF_A_CHANGE))
def cancel_reservation(reservation_id: str) -> Response:
    shopper_id = requests.shopper(routes.current_request)
    return _end(cancel, requests.path_id(reservation_id), shopper_id)


def _end(
    transition: Callable[[Connection, UUID, UUID], Reservation], reservation_id: UUID, shopper_id: UUID
) -> Response:
    return _ended(database.current().run(lambda connection: transition(connection, reservation_id, shopper_id)))


def _ended(reservation: Reservation) -> Response:
    logger.info(reservation.status.value.lower(), extra={"reservation_id": str(reservation.id)})
    return replies.private(reservation)
