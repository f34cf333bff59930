"""The API as shoppers reach it: one execution environment, through Chalice's test client or with raw events."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

import pytest
from chalice.app import Chalice
from chalice.test import Client
from psycopg import Connection

from app import app
from chalicelib import config
from chalicelib.aws import expiry_queue
from chalicelib.db import connection as database
from chalicelib.db import refusal_counts, roles
from chalicelib.identity import external_identity, tokens
from chalicelib.identity.tokens import Bearer, Scope
from chalicelib.jobs import measure
from tests.factories import let_nearly_lapse
from tests.http.gateway import Context, Reply, context
from tests.statements import Statements

IPHONE = "550e8400-e29b-41d4-a716-446655440000"
MORE_THAN_IN_STOCK = 100
"""Units that no sample product has: one can wait for them."""
TOKEN_KEYS = "test:a-key-for-tests-and-for-nothing-else"  # noqa: S105 - guards nothing
SETTINGS = {"EXPIRY_QUEUE_URL": "http://127.0.0.1:9/", "ALLOW_ANONYMOUS": "true", "TOKEN_KEYS": TOKEN_KEYS}
TOKEN_SECONDS = 3600
REMEMBERED = (
    (config, "load"),
    (database, "current"),
    (tokens, "current"),
    (external_identity, "current"),
    (refusal_counts, "current"),
    (measure, "current"),
)
"""What an execution environment keeps from one invocation to the next."""


class Recorder:
    """Stands for the queue, and keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[UUID, float]] = []

    def send_if_possible(self, reservation_id: UUID, seconds: float) -> bool:
        """Remember a message."""
        self.sent.append((reservation_id, seconds))
        return True


class Shop:
    """Sends requests to the application, with a token or without, and keeps the messages that it sends in `queue`."""

    def __init__(self, application: Chalice, queue: Recorder, token: str | None = None) -> None:
        self.queue = queue
        self.token = token
        self._app = application
        self._http = Client(application, project_dir=str(Path(__file__).parent)).http

    def as_shopper(self, shopper_id: UUID | None = None) -> Self:
        """Give the same shop to a shopper with a token; each time another one, or the one that is named."""
        return self.with_token(token_for(Bearer(str(shopper_id or uuid4()), Scope.SHOPPER)))

    def as_admin(self, name: str = "someone") -> Self:
        """Give the same shop to an admin."""
        return self.with_token(token_for(Bearer(name, Scope.ADMIN)))

    def with_token(self, token: str | None) -> Self:
        """Give the same shop to whoever has this token, or to someone without any."""
        return type(self)(self._app, self.queue, token)

    def send(self, event: object, invocation: Context | None = None) -> Reply:
        """Invoke the function with an event, as Lambda does: the reply must have a form in UTF-8 JSON."""
        if self.token and isinstance(event, dict):
            event = {**event, "headers": {"Authorization": f"Bearer {self.token}", **(event.get("headers") or {})}}
        reply = self._app(event, invocation or context())
        json.dumps(reply, ensure_ascii=False).encode()
        return Reply(reply["statusCode"], {**reply["headers"], **reply["multiValueHeaders"]}, reply["body"])

    def request(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
        """Send an HTTP request through Chalice's own gateway."""
        credentials = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        reply = self._http.request(method, path, headers={**credentials, **(headers or {})}, body=body)
        return Reply(reply.status_code, reply.headers, reply.body.decode())

    def get(self, path: str, **headers: str) -> Reply:
        """GET a path; headers are named with underscores for hyphens."""
        return self.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path: str, body: Any = None) -> Reply:
        """POST a body as JSON, or nothing."""
        if body is None:
            return self.request("POST", path)
        return self.request("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def reservation(self, path: str) -> Any:
        """GET a reservation; return it as lists and other replies have it, without its timeline."""
        reply = self.get(path)
        assert reply.status == 200, reply.body
        assert reply.json["timeline"][0]["event"] == "RESERVED"
        return {name: value for name, value in reply.json.items() if name != "timeline"}

    def reserve(self, quantity: int = 1, product_id: str = IPHONE) -> Any:
        """Reserve units and return the reservation."""
        reply = self.post("/reservations", {"productId": product_id, "quantity": quantity})
        assert reply.status == 201, reply.body
        return reply.json

    def wait(self, quantity: int = MORE_THAN_IN_STOCK, product_id: str = IPHONE) -> Any:
        """Join the waiting list of a product and return the entry."""
        reply = self.post(f"/products/{product_id}/waiters", {"quantity": quantity})
        assert reply.status == 201, reply.body
        return reply.json

    def extendable(self, connection: Connection, quantity: int = 1) -> Any:
        """Reserve units in a hold that can be extended now, and return the reservation."""
        made = self.reserve(quantity)
        let_nearly_lapse(connection, made["id"])
        return self.reservation(f"/reservations/{made['id']}")


def token_for(bearer: Bearer, seconds: float = TOKEN_SECONDS) -> str:
    """Issue a token, valid for so many seconds from now."""
    return tokens.current().issue(bearer, datetime.now(UTC), seconds)


@contextmanager
def opened(database_url: str, **settings: str) -> Iterator[Shop]:
    """Open an execution environment with these settings, and leave nothing of it behind."""
    queue = Recorder()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**SETTINGS, "DATABASE_URL": database_url, **settings}.items():
            patch.setenv(name, value)
        for module, kept in REMEMBERED:
            patch.setattr(module, kept, cache(getattr(module, kept).__wrapped__))  # nothing is remembered yet
        patch.setattr(expiry_queue, "current", lambda: queue)
        yield Shop(app, queue)
        database.current().close()


@contextmanager
def opened_as_in_aws(database_url: str, **settings: str) -> Iterator[Shop]:
    """Open an execution environment as behind RDS Proxy: with the application's role, and without prepared statements.

    Fail if it has sent a statement that pins the connection of the proxy.
    """
    statements = Statements()
    url = statements.logging(database_url, roles.APPLICATION_ROLE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "connect", statements.noting(database.connect))
        with opened(url, PREPARE_THRESHOLD="off", **settings) as shop:
            yield shop
    assert statements.pinning == []
