"""Replies: JSON bodies and cache headers."""

import hashlib
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlencode

from chalice.app import Request, Response
from pydantic import BaseModel, TypeAdapter

from chalicelib.formats import Json

PRIVATE = "private, no-store"
Headers = dict[str, str | list[str]]

SHARED = "public, max-age=0, s-maxage=1"  # shared caches keep it for one second, browsers revalidate each time


def private(model: BaseModel | Sequence[BaseModel], status: int = 200, headers: Headers | None = None) -> Response:
    """Return a reply for one caller. No cache may keep it."""
    return _json(_dump(model), status, {"Cache-Control": PRIVATE, **(headers or {})})


def shared(request: Request, model: BaseModel | Sequence[BaseModel]) -> Response:
    """Return a reply that is the same for everyone; 304 if the caller already has this version."""
    body = _dump(model)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers: Headers = {"Cache-Control": SHARED, "ETag": tag}
    if _matches(request.headers.get("if-none-match", ""), tag):
        return Response("", headers, 304)
    return _json(body, 200, headers)


def next_page(**parameters: object) -> Headers:
    """Return the Link header of the next page. Parameters that are None are left out."""
    given = {name: value for name, value in parameters.items() if value is not None}
    return {"Link": f'<?{urlencode(given)}>; rel="next"'}


def document(body: Json) -> Response:
    """Return a JSON document that changes only when a new version of the service is deployed."""
    return Response(body, {"Content-Type": "application/json", "Cache-Control": "public, max-age=300"})


def _matches(condition: str, tag: str) -> bool:
    candidates = [candidate.strip().removeprefix("W/") for candidate in condition.split(",")]
    return tag in candidates or candidates == ["*"]


def _json(body: bytes, status: int, headers: Headers) -> Response:
    return Response(body.decode(), {"Content-Type": "application/json", **headers}, status)


def _dump(model: BaseModel | Sequence[BaseModel]) -> bytes:
    if isinstance(model, BaseModel):
        return model.model_dump_json(by_alias=True).encode()
    return _adapter(type(model[0])).dump_json(list(model), by_alias=True) if model else b"[]"


@cache
def _adapter[Model: BaseModel](model: type[Model]) -> TypeAdapter[list[Model]]:
    return TypeAdapter(list[model])  # type: ignore[valid-type] # mypy does not accept a variable as a type
