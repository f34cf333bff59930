"""Routes of products and their live stock."""

from chalice.app import Blueprint, Response

from chalicelib import config
from chalicelib.api import replies, requests
from chalicelib.api.endpoint import Operation, endpoint
from chalicelib.api.schemas import Product
from chalicelib.db import connection as database
from chalicelib.db import products
from chalicelib.errors import Busy, NotFound

routes = Blueprint(__name__)


@routes.route("/products", content_types=["*/*"])
@endpoint(
    Operation("List the products that are not retired, with their live stock.", Product, many=True, headers=("ETag",))
)
def list_products() -> Response:
    hold_seconds = config.load().hold_seconds
    found = database.current().run(products.list_for_sale)
    return replies.shared(routes.current_request, [Product.of(row, hold_seconds) for row in found])


@routes.route("/products/{product_id}", content_types=["*/*"])
@endpoint(Operation("Show a product with its live stock.", Product, headers=("ETag",), refusals=(NotFound, Busy)))
def show_product(product_id: str) -> Response:
    found = database.current().run(products.find, requests.path_id(product_id))
    if found is None:
        raise NotFound
    return replies.shared(routes.current_request, Product.of(found, config.load().hold_seconds))
