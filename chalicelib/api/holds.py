"""Routes of admins for shoppers' reservations: find them, and release a hold."""

from chalice.app import Blueprint, Response

from chalicelib.api import cursor, replies, requests
from chalicelib.api.endpoint import Operation, endpoint
from chalicelib.api.hold_schemas import HoldsQuery, ListedReservation
from chalicelib.db import connection as database
from chalicelib.db import holds
from chalicelib.db.reservations import Page
from chalicelib.errors import Busy, InvalidRequest, NotActive, NotFound, ReservationExpired, Unauthenticated
from chalicelib.lifecycle.release import release
from chalicelib.log import logger
from chalicelib.waiting_list.announce import announcing

routes = Blueprint(__name__)


@routes.route("/admin/reservations", methods=["GET"], content_types=["*/*"])
@endpoint(
    Operation(
        "List the reservations of a shopper, one reservation, or the running holds of a product, newest first.",
        ListedReservation,
        many=True,
        query=HoldsQuery,
        headers=("Link",),
        refusals=(InvalidRequest, Unauthenticated, Busy),
    )
)
def list_reservations() -> Response:
    requests.admin(routes.current_request)
    query = requests.query(routes.current_request, HoldsQuery)
    after = None if query.after is None else cursor.parse(query.after)
    page = Page(query.limit + 1, query.status, after)  # one row more shows whether there is a next page
    found = database.current().run(holds.list_page, *query.chosen(), page)
    shown = [ListedReservation.of(row) for row in found[: query.limit]]
    return replies.private(shown, headers=_next_link(query, found))


def _next_link(query: HoldsQuery, found: list[holds.Listed]) -> replies.Headers:
    if len(found) <= query.limit:
        return {}
    kept = query.model_dump(mode="json", by_alias=True, exclude={"after"})
    return replies.next_page(**kept, after=cursor.after(found[query.limit - 1].reservation))


@routes.route("/admin/reservations/{reservation_id}/release", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation(
        "Release a running hold: it becomes CANCELLED and its units return to stock. Repeating it changes nothing.",
        ListedReservation,
        refusals=(Unauthenticated, NotFound, NotActive, ReservationExpired, Busy),
    )
)
def release_hold(reservation_id: str) -> Response:
    admin = requests.admin(routes.current_request)
    identifier = requests.path_id(reservation_id)
    released = announcing(database.current()).run(release, identifier, admin)
    logger.info("released", extra={"reservation_id": str(identifier), "made_by": admin})
    return replies.private(ListedReservation.of(released))
