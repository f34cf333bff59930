"""Warm execution environments: the real handler, and for each a connection that it keeps from request to request."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from chalicelib.db import connection as database
from chalicelib.db.connection import Database
from chalicelib.identity.tokens import Bearer, Scope
from tests.http.gateway import reserve_event
from tests.http.shop import Shop, opened, token_for


@dataclass(frozen=True)
class Environment:
    """One of them, and the token of the shopper whom it serves."""

    shop: Shop
    own: Database
    token: str

    def reserve(self, product_id: UUID) -> int:
        """Send a reserve of one unit with a key of its own; return the status of the reply."""
        request = reserve_event(json.dumps({"productId": str(product_id), "quantity": 1}))
        request["headers"] |= {"Idempotency-Key": str(uuid4()), "Authorization": f"Bearer {self.token}"}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(database, "current", lambda: self.own)
            return self.shop.send(request).status


def shopper_token() -> str:
    """Return the token of another shopper each time."""
    return token_for(Bearer(str(uuid4()), Scope.SHOPPER))


@contextmanager
def warm(database_url: str, count: int) -> Iterator[list[Environment]]:
    """Open some in this process, where one works at a time; close their connections in the end."""
    with opened(database_url, MAX_ACTIVE_HOLDS="off") as shop, ExitStack() as connections:
        environments = [Environment(shop, database.current.__wrapped__(), shopper_token()) for _ in range(count)]
        for environment in environments:
            connections.callback(environment.own.close)
        yield environments
