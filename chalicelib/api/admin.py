"""Routes of admins: products, restock, audit, changes and refunds.

`sale.py` has those that show a sale, `holds.py` those of shoppers' reservations.
"""

import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote

from chalice.app import Blueprint, Response
from pydantic import BaseModel

from chalicelib import config
from chalicelib.api import pictures, replies, requests
from chalicelib.api.admin_schemas import (
    Audit,
    Change,
    ChangesQuery,
    ListedProduct,
    NewProduct,
    ProductChange,
    Refund,
    RefundsQuery,
    Restock,
)
from chalicelib.api.endpoint import Operation, endpoint
from chalicelib.api.schemas import VISIBLE_ASCII, Product
from chalicelib.catalog.change import change
from chalicelib.catalog.create import create
from chalicelib.catalog.restock import restock
from chalicelib.db import changes, journal, payments, products
from chalicelib.db import connection as database
from chalicelib.errors import (
    Busy,
    InsufficientStock,
    InvalidRequest,
    NotFound,
    TooLarge,
    Unauthenticated,
    UnsupportedMediaType,
)
from chalicelib.log import logger
from chalicelib.waiting_list.announce import announcing

routes = Blueprint(__name__)

_OF_ALL = (Unauthenticated, Busy)
_OF_A_BODY = (*_OF_ALL, InvalidRequest, TooLarge, UnsupportedMediaType)
_OF_A_CHANGE = (*_OF_A_BODY, NotFound)
_OF_A_LIST = (*_OF_ALL, InvalidRequest)


@routes.route("/admin/products", methods=["GET"], content_types=["*/*"])
@endpoint(
    Operation(
        "List all products with their live stock, the retired ones last.", ListedProduct, many=True, refusals=_OF_ALL
    )
)
def list_products() -> Response:
    requests.admin(routes.current_request)
    hold_seconds = config.load().hold_seconds
    found = database.current().run(products.list_all)
    return replies.private([ListedProduct.of_listed(row, hold_seconds) for row in found])


@routes.route("/admin/products", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation("Create a product.", Product, status=201, body=NewProduct, headers=("Location",), refusals=_OF_A_BODY)
)
def create_product() -> Response:
    admin = requests.admin(routes.current_request)
    wanted = requests.body(routes.current_request, NewProduct)
    pictures.require_allowed(wanted.image_url, config.load().image_origins)
    columns = wanted.columns()
    units = columns.pop("total_stock")
    product = database.current().run(create, columns, units, admin, wanted.as_sent())
    logger.info("product created", extra={"product_id": str(product.id), "made_by": admin})
    # Relative, because the path has a different prefix behind CloudFront than behind API Gateway.
    return replies.private(_shown(product), 201, {"Location": f"../products/{product.id}"})


@routes.route("/admin/products/{product_id}", methods=["PATCH"], content_types=["*/*"])
@endpoint(
    Operation(
        "Change a product. Members that are absent stay as they are, and null clears a member."
        " Running holds do not change.",
        Product,
        body=ProductChange,
        refusals=_OF_A_CHANGE,
    )
)
def change_product(product_id: str) -> Response:
    admin = requests.admin(routes.current_request)
    identifier = requests.path_id(product_id)
    wanted = requests.body(routes.current_request, ProductChange)
    pictures.require_allowed(wanted.image_url, config.load().image_origins)
    product = announcing(database.current()).run(change, identifier, wanted.columns(), admin, wanted.as_sent())
    logger.info("product changed", extra={"product_id": str(product.id), "made_by": admin})
    return replies.private(_shown(product))


@routes.route("/admin/products/{product_id}/restock", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation(
        "Add units to a product's stock. A negative quantity removes available units.",
        Product,
        body=Restock,
        refusals=(*_OF_A_CHANGE, InsufficientStock),
    )
)
def restock_product(product_id: str) -> Response:
    admin = requests.admin(routes.current_request)
    identifier = requests.path_id(product_id)
    units = requests.body(routes.current_request, Restock).quantity
    product = announcing(database.current()).run(restock, identifier, units, admin)
    logger.info("restocked", extra={"product_id": str(product.id), "units": units, "made_by": admin})
    return replies.private(_shown(product))


@routes.route("/admin/audit", methods=["GET"], content_types=["*/*"])
@endpoint(
    Operation(
        "Compare the units in the stock rows with the units in the journal."
        " Reads both completely, so do not call it often.",
        Audit,
        many=True,
        refusals=_OF_ALL,
    )
)
def audit() -> Response:
    requests.admin(routes.current_request)
    return replies.private([Audit.of(row) for row in database.current().run(journal.audit)])


@routes.route("/admin/changes", methods=["GET"], content_types=["*/*"])
@endpoint(
    Operation(
        "List the changes that admins made, newest first.",
        Change,
        many=True,
        query=ChangesQuery,
        headers=("Link",),
        refusals=_OF_A_LIST,
    )
)
def list_changes() -> Response:
    requests.admin(routes.current_request)
    query = requests.query(routes.current_request, ChangesQuery)
    found = database.current().run(changes.newest, query.limit + 1, query.before)
    return _page(query, [Change.of(row) for row in found], lambda change: change.id)


@routes.route("/admin/refunds", methods=["GET"], content_types=["*/*"])
@endpoint(
    Operation(
        "List the payments that must be refunded, newest first. Those that admins have dealt with stay listed.",
        Refund,
        many=True,
        query=RefundsQuery,
        headers=("Link",),
        refusals=_OF_A_LIST,
    )
)
def list_refunds() -> Response:
    requests.admin(routes.current_request)
    query = requests.query(routes.current_request, RefundsQuery)
    found = database.current().run(payments.list_refunds, query.limit + 1, query.before, is_open=query.is_open)
    return _page(query, [Refund.of(row) for row in found], lambda refund: refund.payment_reference, status=query.status)


@routes.route("/admin/refunds/{payment_reference}/settle", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation(
        "Say that a refund has been dealt with: the money has gone back, or never will. Repeating it changes nothing.",
        Refund,
        refusals=(*_OF_ALL, NotFound),
    )
)
def settle_refund(payment_reference: str) -> Response:
    admin = requests.admin(routes.current_request)
    # Not every gateway decodes the path. A reference that exists as it is written comes first.
    for reference in dict.fromkeys((payment_reference, unquote(payment_reference))):
        if re.fullmatch(VISIBLE_ASCII, reference):
            settled = database.current().run(payments.settle_refund, reference, admin)
            if settled is not None:
                logger.info("refund settled", extra={"payment_reference": reference, "made_by": admin})
                return replies.private(Refund.of(settled))
    raise NotFound


def _shown(product: products.Product) -> Product:
    return Product.of(product, config.load().hold_seconds)


def _page[Listed: BaseModel](
    query: ChangesQuery | RefundsQuery, found: Sequence[Listed], key: Callable[[Listed], object], **kept: object
) -> Response:
    """Return one page. `found` has one row more than the page if there is a next page, whose link has `kept` too."""
    page = found[: query.limit]
    more = replies.next_page(limit=query.limit, before=key(page[-1]), **kept) if len(found) > query.limit else {}
    return replies.private(page, headers=more)
