"""Requests about waiting lists, one for each reply that they may get."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID, uuid4

from psycopg import Connection

from chalicelib.formats import Json
from chalicelib.identity.tokens import Bearer, Scope
from chalicelib.lifecycle.cancel import cancel
from chalicelib.waiting_list.leave import leave
from tests import factories
from tests.http.gateway import event
from tests.http.hold_requests import JSON, NOBODYS
from tests.http.shop import token_for
from tests.lines import join

JOIN = "/products/{product_id}/waiters"
LEAVE = "/waiters/{waiter_id}/leave"


def waiting(connection: Connection) -> Iterator[Json]:
    """Join a list that takes one, list the own entries and leave, as somebody who may and as others."""
    sold_out, in_stock = factories.product(connection, 0), factories.product(connection)
    shopper_id = uuid4()
    ask = partial(event, headers=authorization(shopper_id))
    for product_id, body in (
        (sold_out, '{"quantity": 1}'),
        (sold_out, '{"quantity": 2}'),
        (NOBODYS, '{"quantity": 1}'),
    ):
        yield ask("POST", JOIN, str(product_id), body=body)
    yield ask("POST", JOIN, str(in_stock), body='{"quantity": 1}')
    yield from (ask("POST", JOIN, str(sold_out), body=body) for body in ("{}", " " * 40_000))
    yield event(
        "POST", JOIN, str(sold_out), body="{}", headers={**ask.keywords["headers"], "Content-Type": "text/plain"}
    )
    yield event("POST", JOIN, str(sold_out), body='{"quantity": 1}', headers=authorization(uuid4()))
    yield ask("GET", "/waiters")
    yield event("POST", JOIN, str(in_stock), body='{"quantity": 100}', headers=often_joined(connection))
    for waiter_id in (waits(connection, shopper_id), offered(connection, shopper_id), NOBODYS):
        yield ask("POST", LEAVE, str(waiter_id))


def authorization(shopper_id: UUID) -> dict[str, str]:
    """Return the headers of a shopper's request with a body."""
    return {**JSON, "Authorization": f"Bearer {token_for(Bearer(str(shopper_id), Scope.SHOPPER))}"}


def waits(connection: Connection, shopper_id: UUID) -> UUID:
    """Return the id of an entry that waits."""
    return join(connection, factories.product(connection, 0), shopper_id).id


def offered(connection: Connection, shopper_id: UUID) -> UUID:
    """Return the id of an entry that got its hold."""
    product_id, other = factories.product(connection, 1), uuid4()
    hold = factories.active(connection, product_id, shopper_id=other)
    waiter = join(connection, product_id, shopper_id)
    cancel(connection, hold.id, other)
    return waiter.id


def often_joined(connection: Connection) -> dict[str, str]:
    """Return the headers of a shopper who has joined and left 20 times."""
    product_id, shopper_id = factories.product(connection, 0), uuid4()
    for _ in range(20):
        leave(connection, join(connection, product_id, shopper_id).id, shopper_id)
    return authorization(shopper_id)
