"""Routes of admins during a sale and after it: every product live, and the report."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from chalice.app import Blueprint, Response

from chalicelib import config
from chalicelib.api import replies, requests, sale_schemas
from chalicelib.api.admin_schemas import ListedProduct
from chalicelib.api.endpoint import Operation, endpoint
from chalicelib.api.sale_schemas import WINDOW_SECONDS, Lateness, Report, ReportQuery, Sale, SaleProduct
from chalicelib.db import connection as database
from chalicelib.db import products, refusals, sale, sale_report
from chalicelib.db.connection import Connection
from chalicelib.errors import Busy, InvalidRequest, Unauthenticated

routes = Blueprint(__name__)

EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)


@routes.route("/admin/sale", methods=["GET"], content_types=["*/*"])
@endpoint(
    Operation(
        "Show every product live: where its units are, and what happened in the last minute. Reads the running holds"
        " and the rows of the last minute, so its cost grows with both.",
        Sale,
        refusals=(Unauthenticated, Busy),
    )
)
def show_sale() -> Response:
    requests.admin(routes.current_request)
    return replies.private(database.current().run(_sale))


def _sale(connection: Connection) -> Sale:
    with sale.snapshot(connection) as at:
        since = sale.before(at, WINDOW_SECONDS)
        events, delays = sale.events(connection, since, at), sale.delays(connection, since, at)
        states, connections = sale.states(connection), sale.connections(connection)
        refused = refusals.counted(connection, since)
    late = {one.product_id: one for one in delays}
    return Sale(
        at=at,
        window_seconds=WINDOW_SECONDS,
        database_connections=sale_schemas.Connections(open=connections.open, allowed=connections.allowed),
        products=[
            _live(one, _of(one.product.id, events), _of(one.product.id, refused), late.get(one.product.id))
            for one in states
        ],
    )


def _live(
    state: sale.State, events: list[sale.Events], refused: list[refusals.Refused], late: sale.Delays | None
) -> SaleProduct:
    listed = ListedProduct.of_listed(products.Listed(state.product, state.retired_at), config.load().hold_seconds)
    window = sale_schemas.counted(events)
    return SaleProduct(
        **dict(listed),
        in_stock=state.in_stock,
        held=state.held,
        lapsed=state.lapsed,
        sold=listed.total_stock - state.in_stock - state.held,
        last_minute=window,
        refused={one.reason: one.requests for one in refused},
        expiry_lateness=Lateness.of(late),
        sold_out_in_seconds=sale_schemas.sold_out_in_seconds(listed.available_stock, window, WINDOW_SECONDS),
    )


@routes.route("/admin/report", methods=["GET"], content_types=["*/*"])
@endpoint(
    Operation(
        "Report on the sale of each product, from `since` until before `until`. Reads all reservations of that time and"
        " those made since.",
        Report,
        query=ReportQuery,
        refusals=(Unauthenticated, InvalidRequest, Busy),
    )
)
def report() -> Response:
    requests.admin(routes.current_request)
    query = requests.query(routes.current_request, ReportQuery)
    return replies.private(database.current().run(_report, query))


def _report(connection: Connection, query: ReportQuery) -> Report:
    with sale.snapshot(connection) as now:
        since, until = query.since or EVERYTHING, query.until or now
        if until <= since:
            raise InvalidRequest([("until", "must be later than since")])
        found = sale_report.read(connection, since, until)
    named = [one for one in found.products if query.product_id in (None, one.product.id)]
    shown = [sale_schemas.product_report(one, found) for one in named if _of(one.product.id, found.events)]
    return Report(
        since=query.since,
        until=until,
        addresses=sale_schemas.Addresses.of(found.addresses),
        products=shown,
    )


def _of(product_id: UUID, rows: Iterable[Any]) -> list[Any]:
    return [row for row in rows if row.product_id == product_id]
