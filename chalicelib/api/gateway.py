"""Events of API Gateway, completed so that Chalice can read malformed ones too."""

from collections.abc import Mapping
from typing import Any

from chalice.app import RouteEntry

from chalicelib.errors import MethodNotAllowed, NotFound
from chalicelib.formats import Json

NO_REQUEST = "none"


def routable(event: object, routes: Mapping[str, Mapping[str, RouteEntry]]) -> Json:
    """Return an event that Chalice can route and read. Raises NotFound or MethodNotAllowed."""
    given = _mapping(event)
    context = _mapping(given.get("requestContext"))
    methods = routes.get(_text(context.get("resourcePath")))
    if methods is None:
        raise NotFound
    entry = methods.get(_text(context.get("httpMethod")))
    if entry is None:
        raise MethodNotAllowed(sorted(methods))
    path = _texts(given.get("pathParameters"))
    if not path.keys() >= set(entry.view_args):
        raise NotFound
    return {
        "requestContext": context,
        "headers": _texts(given.get("headers")),
        "multiValueQueryStringParameters": _lists(given.get("multiValueQueryStringParameters")),
        "pathParameters": path,
        "body": _body(given.get("body")),
        "isBase64Encoded": given.get("isBase64Encoded") is True,
        "stageVariables": None,
    }


def request_id(context: object) -> str:
    """Return the id of an invocation. Its log lines have the same id."""
    return _text(getattr(context, "aws_request_id", None)) or NO_REQUEST


def arrived_ms(event: object) -> int | None:
    """Return when API Gateway received the request, in Unix milliseconds, or None if the event does not say it."""
    arrived = _mapping(_mapping(event).get("requestContext")).get("requestTimeEpoch")
    return arrived if type(arrived) is int else None


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _body(value: object) -> str | bytes:
    return value if isinstance(value, bytes) else _text(value)  # the development server passes bytes


def _texts(value: object) -> dict[str, str]:
    return {name: text for name, text in _mapping(value).items() if isinstance(name, str) and isinstance(text, str)}


def _lists(value: object) -> dict[str, list[str]]:
    given = {name: texts for name, texts in _mapping(value).items() if isinstance(texts, list) and texts}
    return {_text(name): [_text(text) for text in texts] for name, texts in given.items()}
