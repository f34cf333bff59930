"""One execution environment of a benchmark: the real handler in a process of its own, as Lambda runs it.

Everything that the benchmarks know of the application's inside is here, in `rival.py` and in `statements.py`: the rest
sends API Gateway's events and reads the replies.
"""

import json
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from app import app, sweep
from app import migrate as migrate_function
from chalicelib.aws import expiry_queue
from chalicelib.identity import tokens
from chalicelib.identity.tokens import Bearer, Scope
from tests.bench.outcome import CREATED
from tests.bench.rival import install_rival
from tests.http.gateway import Reply, context, event

Event = dict[str, Any]

UNPREPARED, PREPARED = "off", "2"
ONE_PASS_SECONDS = 7  # of a sweep's time: enough for the first pass and too little for a second
TOKEN_SECONDS = 36_000
SETTINGS = {
    "EXPIRY_QUEUE_URL": "http://127.0.0.1:9/",
    "ALLOW_ANONYMOUS": "true",
    "TOKEN_KEYS": f"bench:{'-' * 32}",
    "LOG_LEVEL": "INFO",
}


class NoQueue:
    """Stands for a queue that takes no time: SQS is not what is measured."""

    def send_if_possible(self, reservation_id: UUID, seconds: float) -> bool:
        """Send nothing."""
        del reservation_id, seconds
        return True


@dataclass(frozen=True)
class Invocation:
    """What Lambda tells a function."""

    aws_request_id: str
    deadline: float  # of time.monotonic()

    def get_remaining_time_in_millis(self) -> int:
        """Return how much time the function has left."""
        return round((self.deadline - time.monotonic()) * 1000)


class Environment:
    """The application's handlers, opened once in this process; only the first one in a process may be used."""

    def __init__(self, url: str, prepare: str = PREPARED, *, rival: bool = False) -> None:
        """Give this process the settings of a function; with `rival`, the handler reserves by the usual algorithm."""
        os.environ.update(SETTINGS, DATABASE_URL=url, PREPARE_THRESHOLD=prepare)  # noqa: TID251 - as Lambda does
        expiry_queue.current = NoQueue  # type: ignore[assignment]
        if rival:
            install_rival()

    def send(self, request: Event) -> Reply:
        """Return the handler's reply to an event."""
        reply = app(request, context())
        return Reply(reply["statusCode"], reply["headers"], reply["body"])

    def reserve(self, request: Event) -> None:
        """Send a reserve; raise AssertionError unless it is granted. Reads nothing but the status."""
        reply = app(request, context())
        if reply["statusCode"] != CREATED:
            raise AssertionError(f"{reply['statusCode']} instead of {CREATED}: {reply['body']}")

    def demand(self, request: Event, status: int = 200) -> Any:
        """Return the body of the reply; raise AssertionError if its status is another one."""
        reply = self.send(request)
        if reply.status != status:
            raise AssertionError(f"{reply.status} instead of {status}: {reply.body}")
        return reply.json

    def sweep_once(self) -> None:
        """Fire the schedule's function with time for one pass."""
        scheduled = {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}, "resources": []}
        common = {"version": "0", "id": str(uuid4()), "account": "0", "region": "us-east-1", "time": ""}
        passes = sweep({**common, **scheduled}, Invocation(str(uuid4()), time.monotonic() + ONE_PASS_SECONDS))["passes"]
        if passes != 1:
            raise AssertionError(f"The sweep made {passes} passes instead of one.")

    def migrate(self) -> None:
        """Invoke the function that brings the database up to date."""
        migrate_function({}, None)


def token(subject: str, scope: Scope = Scope.SHOPPER) -> str:
    """Return a token of the application; this process must have opened an environment."""
    return tokens.current().issue(Bearer(subject, scope), datetime.now(UTC), TOKEN_SECONDS)


def as_shopper(request: Event, shopper_token: str) -> Event:
    """Return a request with a shopper's token."""
    return {**request, "headers": {**request["headers"], "Authorization": f"Bearer {shopper_token}"}}


def as_admin(request: Event) -> Event:
    """Return a request with an admin's token."""
    return as_shopper(request, token("bench", Scope.ADMIN))


def reserve_event(
    product_id: str, quantity: int = 1, *, bare: bool = False, shopper_id: UUID | None = None, key: str | None = None
) -> Event:
    """Return a reserve as the shop sends it: by a shopper of its own with a token and a key; bare: without both."""
    body = json.dumps({"productId": product_id, "quantity": quantity})
    headers = {"Content-Type": "application/json"}
    if bare:
        return event("POST", "/reservations", body=body, headers=headers)
    headers["Idempotency-Key"] = key or str(uuid4())
    return as_shopper(event("POST", "/reservations", body=body, headers=headers), token(str(shopper_id or uuid4())))


def admin_event(method: str, resource: str, body: object, identifier: str | None = None) -> Event:
    """Return an admin's request."""
    headers = {"Content-Type": "application/json"}
    return as_admin(event(method, resource, identifier, body=json.dumps(body), headers=headers))


def wait_until(instant: float) -> None:
    """Sleep until an instant of the clock that all processes share."""
    time.sleep(max(0.0, instant - time.perf_counter()))
