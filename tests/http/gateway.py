"""API Gateway's events, and replies as Lambda passes them back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from chalicelib.formats import Json

PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Context:
    """The context that Lambda passes with an invocation."""

    aws_request_id: str


@dataclass(frozen=True)
class Reply:
    """A reply of the API."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def json(self) -> Any:
        """The body, read as strictly as browsers read it."""
        return json.loads(self.body, parse_constant=_refuse)

    @property
    def problem(self) -> str | None:
        """The name of the problem that this is, if it is one in full."""
        if self.headers["Content-Type"] != PROBLEM:
            return None
        body = self.json
        assert body["status"] == self.status
        assert body["title"]
        assert body["detail"]
        return str(body["type"]).removeprefix("urn:flash-sale:problem:")

    @property
    def server_time(self) -> datetime:
        """When the server says that it answered."""
        return datetime.fromisoformat(self.headers["X-Server-Time"])


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


def context() -> Context:
    """Start an invocation of its own."""
    return Context(str(uuid4()))


def event(
    method: str,
    resource: str,
    identifier: str | None = None,
    *,
    body: str | None = None,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, list[str]] | None = None,
    is_base64: bool = False,
) -> Json:
    """Return the event for a request; `identifier` is what the resource's one path parameter matched."""
    name = resource.partition("{")[2].partition("}")[0]
    path = resource.replace(f"{{{name}}}", identifier or "")
    given = {"Accept": "*/*", "Host": "shop.example.com", **(headers or {})}
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": given,
        "multiValueHeaders": {header: [value] for header, value in given.items()},
        "queryStringParameters": {key: values[-1] for key, values in query.items()} if query else None,
        "multiValueQueryStringParameters": query,
        "pathParameters": {name: identifier} if name else None,
        "stageVariables": None,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "a1b2c3d4e5",
            "httpMethod": method,
            "identity": {"sourceIp": "192.0.2.1", "userAgent": "curl/8"},
            "path": f"/api{path}",
            "protocol": "HTTP/1.1",
            "requestId": str(uuid4()),
            "resourcePath": resource,
            "stage": "api",
        },
        "body": body,
        "isBase64Encoded": is_base64,
    }


def reserve_event(body: str | None, content_type: str | None = "application/json", *, is_base64: bool = False) -> Json:
    """Return the event for a reserve with this body."""
    headers = {} if content_type is None else {"Content-Type": content_type}
    return event("POST", "/reservations", body=body, headers=headers, is_base64=is_base64)
