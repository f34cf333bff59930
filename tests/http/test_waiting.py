"""Waiting lists over HTTP: joining, listing, leaving, and what is refused.

The rules have their tests in tests/database/test_joining.py.
"""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.formats import Json
from tests.factories import active, lapsed, product
from tests.http.gateway import Reply
from tests.http.shop import Shop, opened_as_in_aws
from tests.http.waiter_requests import offered
from tests.lines import join
from tests.logs import facts, logged

PRIVATE = "private, no-store"
SHOPPER, OTHER = uuid4(), uuid4()


@pytest.fixture
def shopper(shop: Shop) -> Shop:
    """Give the shop to a shopper."""
    return shop.as_shopper(SHOPPER)


@pytest.fixture
def sold_out(connection: Connection) -> str:
    """Return a product whose one unit is held."""
    product_id = product(connection, 1)
    active(connection, product_id)
    return str(product_id)


def asked_to_join(shop: Shop, product_id: object, quantity: int = 1) -> Reply:
    return shop.post(f"/products/{product_id}/waiters", {"quantity": quantity})


def test_a_shopper_joins_the_list(shopper: Shop, connection: Connection) -> None:
    product_id = product(connection, 1)
    hold = active(connection, product_id)
    reply = asked_to_join(shopper, product_id)
    assert (reply.status, reply.headers["Cache-Control"]) == (201, PRIVATE)
    entry = reply.json
    assert UUID(entry["id"])
    assert entry == {
        "id": entry["id"],
        "productId": str(product_id),
        "productName": "A product",
        "quantity": 1,
        "status": "WAITING",
        "reason": None,
        "position": 1,
        "createdAt": entry["createdAt"],
        "endedAt": None,
        "reservationId": None,
        "earliestOfferAt": hold.expires_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    assert shopper.get(f"/products/{product_id}").json["waiting"] == 1


def test_a_repeated_join_gets_the_same_answer_and_is_logged_once(shopper: Shop, sold_out: str) -> None:
    with logged() as lines:
        first, second = (asked_to_join(shopper, sold_out) for _ in range(2))
    assert (second.status, second.body) == (201, first.body)
    told = {"level": "INFO", "message": "joined", "waiter_id": first.json["id"], "product_id": sold_out, "position": 1}
    assert facts(lines.about("joined")).items() >= told.items()


def test_nobody_waits_without_a_token(shop: Shop, sold_out: str) -> None:
    entry = shop.as_shopper().wait(1, sold_out)
    for reply in (
        asked_to_join(shop, sold_out),
        shop.get("/waiters"),
        shop.post(f"/waiters/{entry['id']}/leave"),
    ):
        assert (reply.status, reply.problem) == (401, "unauthenticated")


def test_a_shopper_sees_the_own_entries_alone_the_newest_first(
    shop: Shop, shopper: Shop, connection: Connection, sold_out: str
) -> None:
    shop.as_shopper().wait(1, sold_out)
    first, second = shopper.wait(1, sold_out), shopper.wait(1, str(product(connection, 0)))
    reply = shopper.get("/waiters")
    assert (reply.status, reply.headers["Cache-Control"], reply.json) == (200, PRIVATE, [second, first])
    assert first["position"] == 2


def test_a_shopper_leaves_once(shopper: Shop, sold_out: str) -> None:
    path = f"/waiters/{shopper.wait(1, sold_out)['id']}/leave"
    with logged() as lines:
        left = shopper.post(path)
    assert (left.status, left.headers["Cache-Control"]) == (200, PRIVATE)
    assert (left.json["status"], left.json["position"], left.json["endedAt"] is None) == ("LEFT", None, False)
    assert facts(lines.about("left"))["waiter_id"] == left.json["id"]
    assert shopper.post(path).body == left.body
    assert shopper.get("/waiters").json == [left.json]


def test_the_entry_of_another_shopper_can_not_be_left(shop: Shop, shopper: Shop, sold_out: str) -> None:
    entry = shopper.wait(1, sold_out)
    reply = shop.as_shopper().post(f"/waiters/{entry['id']}/leave")
    assert (reply.status, reply.problem) == (404, "not-found")
    assert shopper.get("/waiters").json == [entry]


def in_stock(connection: Connection) -> tuple[UUID, Json]:
    return product(connection, 3), {"availableStock": 3}


def waited_for(connection: Connection) -> tuple[UUID, Json]:
    product_id = product(connection, 0)
    return product_id, {"waiterId": str(join(connection, product_id, SHOPPER, 2).id), "quantity": 2}


def full(connection: Connection) -> tuple[UUID, Json]:
    product_id = product(connection, 0)
    join(connection, product_id, OTHER)
    return product_id, {"limit": 1}


def joined_too_often(connection: Connection) -> tuple[UUID, Json]:
    other = product(connection, 0)
    connection.execute(
        "INSERT INTO waiters (product_id, shopper_id, quantity, created_at, ended_at, status, hold_seconds,"
        " max_extensions, cooldown_seconds) SELECT %s, %s, 1, at, at, 'LEFT', 120, 1, 60"
        " FROM instant_now() AS at, generate_series(1, 20)",
        [other, SHOPPER],
    )
    return product(connection, 0), {}


REFUSALS: list[tuple[Callable[[Connection], tuple[UUID, Json]], str]] = [
    (in_stock, "in-stock"),
    (waited_for, "already-waiting"),
    (full, "waiting-list-full"),
    (joined_too_often, "too-many-joins"),
]


@pytest.mark.parametrize(("state", "name"), REFUSALS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_the_list_refuses_is_a_problem_with_its_members(
    connection: Connection, database_url: str, state: Callable[[Connection], tuple[UUID, Json]], name: str
) -> None:
    product_id, members = state(connection)
    with opened_as_in_aws(database_url, MAX_WAITERS_PER_PRODUCT="1") as shop:
        reply = asked_to_join(shop.as_shopper(SHOPPER), product_id)
        assert (reply.status, reply.problem) == (409, name)
        assert reply.json.items() >= members.items()


def test_an_offer_can_not_be_left(shopper: Shop, connection: Connection) -> None:
    waiter_id = offered(connection, SHOPPER)
    (entry,) = shopper.get("/waiters").json
    reply = shopper.post(f"/waiters/{waiter_id}/leave")
    assert (reply.status, reply.problem) == (409, "not-waiting")
    assert reply.json.items() >= {"waiterStatus": "OFFERED", "reservationId": entry["reservationId"]}.items()


def test_a_join_that_a_rule_of_reserves_refuses_is_logged_with_the_reason(
    shopper: Shop, connection: Connection
) -> None:
    product_id = product(connection, 1)
    for _ in range(3):
        lapsed(connection, product_id, shopper_id=SHOPPER)
    active(connection, product_id)
    with logged() as lines:
        reply = asked_to_join(shopper, product_id)
    assert (reply.status, reply.problem) == (409, "cooling-down")
    told = {"product_id": str(product_id), "product": "A product", "quantity": 1, "reason": "cooling-down"}
    assert facts(lines.about("join refused")).items() >= told.items()
