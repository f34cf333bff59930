"""The parts of a request, validated against the schemas."""

import re
from uuid import UUID

from chalice.app import MultiDict, Request
from pydantic import BaseModel, ValidationError

from chalicelib import config
from chalicelib.api.schemas import VISIBLE_ASCII
from chalicelib.errors import InvalidRequest, NotFound, TooLarge, UnsupportedMediaType
from chalicelib.identity import shoppers

BODY_MAX_BYTES = 32_768  # a product with the longest description, each character written as two escapes, is smaller
ERRORS_MAX = 20


def body[Model: BaseModel](request: Request, model: type[Model]) -> Model:
    """Return the request's JSON body as a model. Raises TooLarge, UnsupportedMediaType or InvalidRequest."""
    raw = _raw_body(request)
    if len(raw) > BODY_MAX_BYTES:
        raise TooLarge
    media_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaType
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise _invalid(error) from None


def optional_body[Model: BaseModel](request: Request, model: type[Model]) -> Model | None:
    """Return the request's JSON body as a model, or None if there is no body. Raises the same errors as `body`."""
    return body(request, model) if _raw_body(request) else None


def query[Model: BaseModel](request: Request, model: type[Model]) -> Model:
    """Return the request's query parameters as a model. Raises InvalidRequest."""
    parameters = request.query_params or MultiDict({})
    if repeated := [name for name in parameters if len(parameters.getlist(name)) > 1]:
        raise InvalidRequest([(name, "must appear only once") for name in repeated[:ERRORS_MAX]])
    try:
        return model.model_validate(dict(parameters))
    except ValidationError as error:
        raise _invalid(error) from None


def path_id(text: str) -> UUID:
    """Return the id that a path holds; raise NotFound if it is no UUID: nothing can be there."""
    try:
        identifier = UUID(text)
    except ValueError:
        raise NotFound from None
    if str(identifier) != text.lower():  # Python reads braces, underscores and more
        raise NotFound
    return identifier


def idempotency_key(request: Request) -> str | None:
    """Return the Idempotency-Key header, or None if there is none. Raises InvalidRequest."""
    key = request.headers.get("idempotency-key")
    if key is None or re.fullmatch(VISIBLE_ASCII, key):
        return key
    raise InvalidRequest([("Idempotency-Key", "must be 1 to 255 visible ASCII characters")])


def shopper(request: Request) -> UUID:
    """Return the shopper who sends the request. Raises Unauthenticated or Forbidden."""
    return shoppers.shopper(request.context["authorizer"], allow_anonymous=config.load().allow_anonymous)


def shopper_with_token(request: Request) -> UUID:
    """Return the shopper whose token the request carries. Raises Unauthenticated or Forbidden."""
    return shoppers.shopper(request.context["authorizer"], allow_anonymous=False)


def admin(request: Request) -> str:
    """Return the name of the admin who sends the request. Raises Unauthenticated or Forbidden."""
    return shoppers.admin(request.context["authorizer"])


def _raw_body(request: Request) -> bytes:
    try:
        raw = request.raw_body
        return raw if isinstance(raw, bytes) else raw.encode()
    except ValueError:  # invalid base64, or text that UTF-8 can't encode
        raise InvalidRequest([("", "the body can't be decoded")]) from None


def _invalid(error: ValidationError) -> InvalidRequest:
    faults = error.errors(include_url=False, include_context=False, include_input=False)[:ERRORS_MAX]
    return InvalidRequest([(".".join(map(str, fault["loc"])), fault["msg"]) for fault in faults])
