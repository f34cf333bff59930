"""The OpenAPI 3.1 document, generated from the routes, their descriptions and the models."""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from chalice.app import RouteEntry
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from chalicelib import VERSION
from chalicelib.api.endpoint import Operation, View
from chalicelib.api.openapi_links import links
from chalicelib.api.problems import CONTENT_TYPE, KINDS, Kind
from chalicelib.api.schemas import VISIBLE_ASCII, Problem
from chalicelib.errors import Busy, FlashSaleError, Forbidden, Unauthenticated
from chalicelib.formats import Json

_REF = "#/components/schemas/{model}"
_HEADERS = {
    "X-Server-Time": "The server's time when it replied, in RFC 3339 with milliseconds.",
    "X-Request-Id": "The id of this request in the server's log.",
    "Idempotency-Replayed": "`true` if an earlier request with the same key made this reservation.",
    "ETag": "The version of this reply; send it as If-None-Match.",
    "Link": "The next page, with rel=next, if there is one.",
    "Location": "The address of the new object.",
    "Retry-After": "Seconds to wait before trying again.",
}

_KEY: Json = {
    "type": "string",
    "pattern": VISIBLE_ASCII,
    "description": "A repeated request with the same key returns the same reservation, for at least 24 hours.",
}

EXAMPLE_OF_PRODUCT = "550e8400-e29b-41d4-a716-446655440000"
EXAMPLE_OF_RESERVATION = "660e8400-e29b-41d4-a716-446655440001"
EXAMPLE_OF_WAITER = "770e8400-e29b-41d4-a716-446655440001"
_ID: Json = {"type": "string", "format": "uuid"}
_OF_A_PATH: dict[str, Json] = {
    "product_id": {**_ID, "examples": [EXAMPLE_OF_PRODUCT]},
    "reservation_id": {**_ID, "examples": [EXAMPLE_OF_RESERVATION]},
    "waiter_id": {**_ID, "examples": [EXAMPLE_OF_WAITER]},
    "payment_reference": {
        "type": "string",
        "pattern": VISIBLE_ASCII,
        "description": "The payment provider's reference, percent-encoded.",
        "examples": ["payment-1"],
    },
}
"""The schemas of path parameters that are no ids."""

_BEARER = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
_ADMIN_PATHS = "/admin/"

Routes = Mapping[str, Mapping[str, RouteEntry]]


def document(routes: Routes) -> Json:
    """Return the OpenAPI document of all routes."""
    paths: Json = {}
    for path, method, operation in _operations(routes):
        paths.setdefault(path, {})[method.lower()] = _operation(path, method, operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Flash sale",
            "version": VERSION,
            "summary": "Reserve products for a short time. Units that are not paid for in time return to stock.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/api"}],
        "paths": paths,
        "components": {"schemas": _schemas(routes), "securitySchemes": _BEARER},
    }


def _operations(routes: Routes) -> Iterator[tuple[str, str, Operation]]:
    for path, methods in sorted(routes.items()):
        for method, entry in sorted(methods.items()):
            yield path, method, cast(View, entry.view_function).operation


def _schemas(routes: Routes) -> Json:
    modes: dict[type[BaseModel], JsonSchemaMode] = {Problem: "serialization"}
    for _, _, operation in _operations(routes):
        modes |= {operation.reply: "serialization"} if operation.reply else {}
        modes |= {operation.body: "validation"} if operation.body else {}
    _, schema = models_json_schema(sorted(modes.items(), key=lambda item: item[0].__name__), ref_template=_REF)
    return dict(schema["$defs"])


def _operation(path: str, method: str, operation: Operation) -> Json:
    described: Json = {
        "operationId": _operation_id(path, method),
        "summary": operation.summary,
        "parameters": [*_path_parameters(path), *_query_parameters(operation.query), *_conditions(operation)],
        "responses": {str(operation.status): _success(operation), **_refusals(operation)},
        "security": [{"bearer": []}, *([] if operation.needs_token or path.startswith(_ADMIN_PATHS) else [{}])],
    }
    if operation.body:
        content = {"application/json": {"schema": {"$ref": _REF.format(model=operation.body.__name__)}}}
        described["requestBody"] = {"required": operation.body_required, "content": content}
    return described


def _operation_id(path: str, method: str) -> str:
    words = re.sub(r"[^a-z]+", " ", re.sub(r"\{\w+\}", "one", path)).split()
    return method.lower() + "".join(word.capitalize() for word in words)


def _path_parameters(path: str) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "schema": _OF_A_PATH.get(name, _ID)}
        for name in re.findall(r"\{(\w+)\}", path)
    ]


def _query_parameters(query: type[BaseModel] | None) -> list[Json]:
    if query is None:
        return []
    schema = query.model_json_schema(mode="validation")
    properties = {name: _inline(member, schema.get("$defs", {})) for name, member in schema["properties"].items()}
    return [{"name": name, "in": "query", "schema": member} for name, member in properties.items()]


def _inline(member: Json, definitions: Json) -> Json:
    """Return a parameter's schema without references and without null, which a query string can't express."""
    choices = [choice for choice in member.pop("anyOf", []) if choice.get("type") != "null"]
    member = {name: value for name, value in {**member, **(choices[0] if choices else {})}.items() if value is not None}
    if reference := member.pop("$ref", None):
        member |= definitions[reference.rpartition("/")[2]]
    return member


def _conditions(operation: Operation) -> list[Json]:
    parameters: list[Json] = []
    if "ETag" in operation.headers:
        parameters.append({"name": "If-None-Match", "in": "header", "schema": {"type": "string"}})
    if operation.idempotent:
        parameters.append({"name": "Idempotency-Key", "in": "header", "schema": _KEY})
    return parameters


def _headers(*names: str) -> Json:
    return {name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in names}


def _success(operation: Operation) -> Json:
    schema: Json = {"type": "object"}
    if operation.reply:
        schema = {"$ref": _REF.format(model=operation.reply.__name__)}
    if operation.many:
        schema = {"type": "array", "items": schema}
    return {
        "description": "Success",
        "headers": _headers("X-Server-Time", "X-Request-Id", *operation.headers),
        "content": {"application/json": {"schema": schema}},
        **(links(operation.reply.__name__) if operation.reply and not operation.many else {}),
    }


def _refusals(operation: Operation) -> Json:
    replies: Json = (
        {"304": {"description": "Not modified since the version in If-None-Match"}}
        if "ETag" in operation.headers
        else {}
    )
    by_status: dict[int, list[tuple[type[FlashSaleError], Kind]]] = {}
    for refusal in _with_a_token(operation.refusals):
        by_status.setdefault(KINDS[refusal].status, []).append((refusal, KINDS[refusal]))
    for status, kinds in sorted(by_status.items()):
        replies[str(status)] = {
            "description": " | ".join(f"`{kind.name}`: {refusal.__doc__}" for refusal, kind in kinds),
            "headers": _headers("X-Server-Time", "X-Request-Id", *(["Retry-After"] if kinds[0][1].retry else [])),
            "content": {CONTENT_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}},
        }
    return replies


def _with_a_token(refusals: tuple[type[FlashSaleError], ...]) -> Iterator[type[FlashSaleError]]:
    """Add the errors that any route can give. A route that needs a token can also reject the kind of token."""
    stranger = (Forbidden,) if Unauthenticated in refusals else ()
    return iter(dict.fromkeys((Unauthenticated, *stranger, *refusals, Busy)))
