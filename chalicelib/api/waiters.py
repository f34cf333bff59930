"""Routes of the waiting lists: join, list and leave."""

from chalice.app import Blueprint, Response

from chalicelib import config
from chalicelib.api import replies, requests
from chalicelib.api.endpoint import Operation, endpoint
from chalicelib.api.reservations import reserve_policy
from chalicelib.api.waiter_schemas import JoinRequest, Waiter
from chalicelib.db import connection as database
from chalicelib.db import waiters
from chalicelib.db.waiters import ListPolicy
from chalicelib.errors import (
    AlreadyWaiting,
    Busy,
    CoolingDown,
    InStock,
    InvalidRequest,
    LimitExceeded,
    NotFound,
    NotWaiting,
    SaleNotOpen,
    SalePaused,
    TooLarge,
    TooManyAtOnce,
    TooManyHolds,
    TooManyJoins,
    Unauthenticated,
    UnsupportedMediaType,
    WaitingListFull,
)
from chalicelib.log import logger
from chalicelib.waiting_list.join import join
from chalicelib.waiting_list.leave import leave

routes = Blueprint(__name__)


@routes.route("/products/{product_id}/waiters", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation(
        "Join the waiting list of a product that can't be reserved now. When units return, the first whose quantity"
        " fits gets a hold. A repeated request returns the same entry.",
        Waiter,
        status=201,
        body=JoinRequest,
        needs_token=True,
        refusals=(
            InvalidRequest,
            Unauthenticated,
            NotFound,
            InStock,
            AlreadyWaiting,
            WaitingListFull,
            TooManyJoins,
            LimitExceeded,
            TooManyHolds,
            CoolingDown,
            SaleNotOpen,
            SalePaused,
            TooLarge,
            UnsupportedMediaType,
            TooManyAtOnce,
            Busy,
        ),
    )
)
def join_list(product_id: str) -> Response:
    request = routes.current_request
    shopper_id = requests.shopper_with_token(request)
    wanted = requests.body(request, JoinRequest)
    asked = waiters.JoinRequest(requests.path_id(product_id), shopper_id, wanted.quantity)
    joined = database.current().run(join, asked, _policy())
    if not joined.replayed:
        waiter = joined.waiter
        logger.info(
            "joined", extra={"waiter_id": str(waiter.id), "product_id": product_id, "position": waiter.position}
        )
    return replies.private(Waiter.of(joined.waiter), 201)


@routes.route("/waiters", methods=["GET"], content_types=["*/*"])
@endpoint(
    Operation(
        f"List your entries in waiting lists, newest first, at most {waiters.SHOWN_MAX}.",
        Waiter,
        many=True,
        needs_token=True,
        refusals=(Unauthenticated, Busy),
    )
)
def list_waiters() -> Response:
    shopper_id = requests.shopper_with_token(routes.current_request)
    found = database.current().run(waiters.list_newest, shopper_id)
    return replies.private([Waiter.of(row) for row in found])


@routes.route("/waiters/{waiter_id}/leave", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation("Leave a waiting list.", Waiter, needs_token=True, refusals=(Unauthenticated, NotFound, NotWaiting, Busy))
)
def leave_list(waiter_id: str) -> Response:
    shopper_id = requests.shopper_with_token(routes.current_request)
    left = database.current().run(leave, requests.path_id(waiter_id), shopper_id)
    logger.info("left", extra={"waiter_id": str(left.id)})
    return replies.private(Waiter.of(left))


def _policy() -> ListPolicy:
    settings = config.load()
    return ListPolicy(settings.max_waiters_per_product, settings.offer_seconds, reserve_policy())
