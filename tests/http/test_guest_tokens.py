"""Becoming a shopper: what one gets, and how often."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from psycopg import Connection

from chalicelib.formats import Json
from chalicelib.identity.shoppers import ANONYMOUS
from tests import jwts
from tests.http.gateway import event
from tests.http.shop import Shop, opened
from tests.logs import logged


@pytest.fixture
def strict(database_url: str) -> Iterator[Shop]:
    """Open a shop that gives three tokens a minute."""
    with opened(database_url, GUEST_TOKENS_PER_MINUTE="3", GUEST_TOKEN_SECONDS="600") as shop:  # noqa: S106
        yield shop


@pytest.fixture
def behind_cloudfront(database_url: str) -> Iterator[Shop]:
    """Open a shop whose API Gateway is called by CloudFront."""
    with opened(database_url, GUEST_TOKENS_PER_MINUTE="1", TRUSTED_PROXIES="1") as shop:
        yield shop


def set_clock(connection: Connection, expression: str) -> None:
    """Replace the database's clock."""
    connection.execute(
        f"CREATE OR REPLACE FUNCTION instant_now() RETURNS timestamptz LANGUAGE sql VOLATILE RETURN {expression}"
    )


def stop_clock(connection: Connection, seconds: str) -> None:
    """Stop the database's clock at a moment of one minute."""
    set_clock(connection, f"timestamptz '2026-11-27T09:00:{seconds}Z'")


def asking(source: object, forwarded_for: str | None = None) -> Json:
    """Return a request for a token from an address."""
    asked = event("POST", "/shoppers", headers={"X-Forwarded-For": forwarded_for} if forwarded_for else {})
    return {**asked, "requestContext": {**asked["requestContext"], "identity": {"sourceIp": source}}}


def statuses(shop: Shop, *asked: Json) -> list[int]:
    return [shop.send(each).status for each in asked]


def counted(connection: Connection) -> list[Any]:
    return connection.execute("SELECT address::text, issued FROM guest_tokens ORDER BY 1").fetchall()


def test_a_guest_gets_an_id_and_a_token_for_it(strict: Shop) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    reply = strict.post("/shoppers")
    assert (reply.status, reply.headers["Cache-Control"]) == (201, "private, no-store")
    assert reply.json.keys() == {"shopperId", "token", "expiresAt"}
    expires_at = datetime.fromisoformat(reply.json["expiresAt"])
    assert before <= expires_at - timedelta(seconds=600) <= datetime.now(UTC) + timedelta(seconds=1)
    assert UUID(reply.json["shopperId"]) != ANONYMOUS
    assert strict.with_token(reply.json["token"]).get("/reservations").json == []


def test_the_token_is_for_the_shopper_in_the_reply(shop: Shop) -> None:
    reply = shop.post("/shoppers").json
    reservation = shop.with_token(reply["token"]).reserve()
    assert shop.as_shopper(UUID(reply["shopperId"])).get(f"/reservations/{reservation['id']}").status == 200


def test_the_token_expires_at_the_instant_in_the_reply(strict: Shop, connection: Connection) -> None:
    stop_clock(connection, "30.900")
    reply = strict.post("/shoppers").json
    assert reply["expiresAt"] == "2026-11-27T09:10:30.000Z"
    assert jwts.payload(reply["token"])["exp"] == datetime.fromisoformat(reply["expiresAt"]).timestamp()


def test_each_guest_is_a_new_shopper(strict: Shop) -> None:
    guests = [strict.post("/shoppers").json for _ in range(3)]
    assert len({guest["shopperId"] for guest in guests}) == len({guest["token"] for guest in guests}) == 3


def test_a_token_is_refused_from_the_instant_that_its_reply_names(strict: Shop, connection: Connection) -> None:
    for age, status in (("590 seconds", 200), ("600 seconds", 401)):
        set_clock(connection, f"clock_timestamp() - interval '{age}'")
        assert strict.with_token(strict.post("/shoppers").json["token"]).get("/products").status == status


def test_a_body_may_be_empty(strict: Shop) -> None:
    for body in (b"", b"{}", b" {} "):
        assert strict.request("POST", "/shoppers", body, {"Content-Type": "application/json"}).status == 201


def test_a_body_with_members_is_refused_and_counts_no_token(strict: Shop, connection: Connection) -> None:
    for body in (b"[]", b"null", b"{", b'{"shopperId": "00000000-0000-4000-8000-000000000000"}'):
        reply = strict.request("POST", "/shoppers", body, {"Content-Type": "application/json"})
        assert (reply.status, reply.problem) == (400, "invalid-request")
    assert counted(connection) == []


def test_an_address_gets_so_many_tokens_a_minute_and_reads_when_the_next_begins(
    strict: Shop, connection: Connection
) -> None:
    stop_clock(connection, "59.250")
    assert statuses(strict, *[asking("192.0.2.1")] * 3) == [201, 201, 201]
    reply = strict.send(asking("192.0.2.1"))
    assert (reply.status, reply.problem, reply.headers["Retry-After"]) == (429, "too-many-requests", "1")
    assert counted(connection) == [("192.0.2.1/32", 3)]
    stop_clock(connection, "12.500")
    assert strict.send(asking("192.0.2.1")).headers["Retry-After"] == "48"
    stop_clock(connection, "60.000")
    assert strict.send(asking("192.0.2.1")).status == 201


def test_each_address_has_its_own_limit(strict: Shop, connection: Connection) -> None:
    stop_clock(connection, "00.000")
    assert statuses(strict, *[asking("192.0.2.1")] * 4, asking("192.0.2.2")) == [201, 201, 201, 429, 201]


def test_a_network_of_ipv6_counts_as_one_address(strict: Shop, connection: Connection) -> None:
    stop_clock(connection, "00.000")
    neighbours = [asking(f"2001:db8:0:1:{host}") for host in ("0:0:0:1", "ffff:ffff:ffff:ffff", ":2", "a:b:c:d")]
    assert statuses(strict, *neighbours, asking("2001:db8:0:2::1")) == [201, 201, 201, 429, 201]
    assert counted(connection) == [("2001:db8:0:1::/64", 3), ("2001:db8:0:2::/64", 1)]


def test_callers_without_a_readable_address_share_one_limit(strict: Shop, connection: Connection) -> None:
    stop_clock(connection, "00.000")
    assert statuses(strict, *map(asking, (None, "x", [], "\ud800"))) == [201, 201, 201, 429]
    assert counted(connection) == [("::/128", 3)]


def test_a_forwarded_address_from_the_shopper_is_ignored(strict: Shop, connection: Connection) -> None:
    for invented in ("198.51.100.1", "198.51.100.2, 192.0.2.1", "x"):
        assert strict.send(asking("192.0.2.1", invented)).status == 201
    assert [address for address, _ in counted(connection)] == ["192.0.2.1/32"]


def test_behind_a_configured_proxy_the_address_is_the_one_that_called_it(
    behind_cloudfront: Shop, connection: Connection
) -> None:
    cloudfront = "203.0.113.9"
    for chain in ("198.51.100.1", f"198.51.100.2, {cloudfront}", f"10.0.0.1, x, 198.51.100.3,{cloudfront}"):
        assert behind_cloudfront.send(asking(cloudfront, chain)).status == 201
    assert [address for address, _ in counted(connection)] == [f"198.51.100.{last}/32" for last in (1, 2, 3)]


def test_a_caller_who_bypasses_the_proxy_counts_by_their_own_address(
    behind_cloudfront: Shop, connection: Connection
) -> None:
    for chain in (None, "192.0.2.1"):
        behind_cloudfront.send(asking("192.0.2.1", chain))
    assert [address for address, _ in counted(connection)] == ["192.0.2.1/32"]


def test_the_log_names_the_shopper_and_never_the_token(strict: Shop) -> None:
    with logged() as lines:
        guest = strict.post("/shoppers").json
    assert guest["shopperId"] in lines.text
    assert guest["token"].rpartition(".")[2] not in lines.text
    assert json.dumps(guest["token"]) not in lines.text
