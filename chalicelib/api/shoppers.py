"""Routes of shoppers: issue a guest token."""

from datetime import timedelta
from uuid import uuid4

from chalice.app import Blueprint, Response

from chalicelib import config
from chalicelib.api import addresses, replies, requests
from chalicelib.api.endpoint import Operation, endpoint
from chalicelib.api.schemas import EmptyBody, Guest
from chalicelib.db import connection as database
from chalicelib.db import guest_tokens
from chalicelib.errors import Busy, InvalidRequest, TooLarge, TooManyRequests, UnsupportedMediaType
from chalicelib.identity import tokens
from chalicelib.identity.tokens import Bearer, Scope
from chalicelib.log import logger

routes = Blueprint(__name__)


@routes.route("/shoppers", methods=["POST"], content_types=["*/*"])
@endpoint(
    Operation(
        "Create a shopper. Returns an id and a token.",
        Guest,
        status=201,
        body=EmptyBody,
        body_required=False,
        refusals=(InvalidRequest, TooLarge, UnsupportedMediaType, TooManyRequests, Busy),
    )
)
def create_shopper() -> Response:
    request, settings = routes.current_request, config.load()
    requests.optional_body(request, EmptyBody)
    address = addresses.origin(request.context, request.headers.get("x-forwarded-for", ""), settings.trusted_proxies)
    issued_at = database.current().run(guest_tokens.count, address, settings.guest_tokens_per_minute)
    issued_at = issued_at.replace(microsecond=0)  # times in a token are whole seconds
    shopper_id = uuid4()
    bearer = Bearer(str(shopper_id), Scope.SHOPPER)
    token = tokens.current().issue(bearer, issued_at, settings.guest_token_seconds)
    expires_at = issued_at + timedelta(seconds=settings.guest_token_seconds)
    logger.info("guest token issued", extra={"shopper_id": str(shopper_id)})
    return replies.private(Guest(shopper_id=shopper_id, token=token, expires_at=expires_at), 201)
