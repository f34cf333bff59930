"""Routes of the service itself: health and the OpenAPI document."""

from chalice.app import Blueprint, Response

from chalicelib.api import openapi, replies
from chalicelib.api.endpoint import Operation, endpoint
from chalicelib.api.schemas import Health
from chalicelib.db import connection as database

routes = Blueprint(__name__)


@routes.route("/health", content_types=["*/*"])
@endpoint(Operation("Check whether the database answers.", Health))
def health() -> Response:
    database.current().run(lambda connection: connection.execute("SELECT 1"))
    return replies.private(Health())


@routes.route("/openapi.json", content_types=["*/*"])
@endpoint(Operation("Get the OpenAPI 3.1 document of this API.", None, refusals=()))
def openapi_document() -> Response:
    return replies.document(openapi.document(routes.current_app.routes))
