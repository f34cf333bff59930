"""The API as shoppers reach it: one execution environment, through Chalice's test client or with raw events."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from chalice.app import Chalice
from chalice.test import Client

from app import app
from chalicelib import config, database, expiry_queue
from tests.http.gateway import Context, Reply, context

IPHONE = "550e8400-e29b-41d4-a716-446655440000"
SETTINGS = {"EXPIRY_QUEUE_URL": "http://127.0.0.1:9/", "ALLOW_ANONYMOUS": "true"}


class Recorder:
    """Stands for the queue, and keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[UUID, float]] = []

    def send_if_possible(self, reservation_id: UUID, seconds: float) -> bool:
        """Remember a message."""
        self.sent.append((reservation_id, seconds))
        return True


class Shop:
    """Sends requests to the application, and keeps the messages that it sends in `queue`."""

    def __init__(self, application: Chalice, queue: Recorder) -> None:
        self.queue = queue
        self._app = application
        self._http = Client(application, project_dir=str(Path(__file__).parent)).http

    def send(self, event: object, invocation: Context | None = None) -> Reply:
        """Invoke the function with an event, as Lambda does: the reply must have a form in UTF-8 JSON."""
        reply = self._app(event, invocation or context())
        json.dumps(reply, ensure_ascii=False).encode()
        return Reply(reply["statusCode"], {**reply["headers"], **reply["multiValueHeaders"]}, reply["body"])

    def request(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
        """Send an HTTP request through Chalice's own gateway."""
        reply = self._http.request(method, path, headers=headers or {}, body=body)
        return Reply(reply.status_code, reply.headers, reply.body.decode())

    def get(self, path: str, **headers: str) -> Reply:
        """GET a path; headers are named with underscores for hyphens."""
        return self.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path: str, body: Any = None) -> Reply:
        """POST a body as JSON, or nothing."""
        if body is None:
            return self.request("POST", path)
        return self.request("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def reserve(self, quantity: int = 1, product_id: str = IPHONE) -> Any:
        """Reserve units and return the reservation."""
        reply = self.post("/reservations", {"productId": product_id, "quantity": quantity})
        assert reply.status == 201, reply.body
        return reply.json


@contextmanager
def opened(database_url: str, **settings: str) -> Iterator[Shop]:
    """Open an execution environment with these settings, and leave nothing of it behind."""
    queue = Recorder()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**SETTINGS, "DATABASE_URL": database_url, **settings}.items():
            patch.setenv(name, value)
        for module, kept in ((config, "load"), (database, "current")):
            patch.setattr(module, kept, cache(getattr(module, kept).__wrapped__))  # nothing is remembered yet
        patch.setattr(expiry_queue, "current", lambda: queue)
        yield Shop(app, queue)
        database.current().close()
