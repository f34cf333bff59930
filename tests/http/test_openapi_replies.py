"""Every reply that the description promises, provoked and compared with its schema."""

from collections.abc import Iterator
from unittest.mock import Mock
from uuid import UUID, uuid4

import pytest
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from psycopg import Connection

from chalicelib.catalog import sample_data
from chalicelib.db import connection as database
from chalicelib.errors import Busy
from chalicelib.formats import Json
from chalicelib.identity import tokens
from chalicelib.identity.tokens import Bearer, Scope
from infra.openapi import openapi
from tests import factories
from tests.conftest import assert_balanced
from tests.databases import Clones
from tests.http.admin_requests import administering
from tests.http.gateway import Reply, event, reserve_event
from tests.http.hold_requests import extending, paying
from tests.http.shop import IPHONE, Shop, app, opened, token_for
from tests.http.waiter_requests import JOIN, authorization, waiting
from tests.rivals import lock_shopper_and_places

DOCUMENT = openapi.document(app.routes)
ONE = "/reservations/{reservation_id}"
PRODUCT = "/products/{product_id}"
STRANGER = "Bearer x"
SOMETIMES = {"Link", "Idempotency-Replayed"}
NOBODYS = str(UUID(int=1))

Exchange = tuple[Json, Reply]


def reserve(product_id: object) -> Json:
    return reserve_event(f'{{"productId": "{product_id}", "quantity": 1}}')


def promised() -> set[tuple[str, str, str]]:
    return {
        (path, method, status)
        for path, methods in DOCUMENT["paths"].items()
        for method, operation in methods.items()
        for status in operation["responses"]
    }


def reading() -> Iterator[Json]:
    for resource in ("/products", "/health", "/openapi.json", "/reservations"):
        yield event("GET", resource)
    yield event("GET", "/reservations", query={"limit": ["0"]})
    yield event("GET", "/products", headers={"If-None-Match": "*"})
    for headers in ({}, {"If-None-Match": "*"}):
        yield event("GET", PRODUCT, IPHONE, headers=headers)
    yield event("GET", PRODUCT, NOBODYS)


def reserving(connection: Connection) -> Iterator[Json]:
    closed, paused, cheap = (factories.product(connection, price="19.99") for _ in range(3))
    connection.execute("UPDATE products SET sale_ends_at = '2001-01-01Z' WHERE id = %s", [closed])
    connection.execute("UPDATE products SET paused = true WHERE id = %s", [paused])
    for product_id in (IPHONE, cheap, NOBODYS, closed, paused, factories.product(connection, 0)):
        yield reserve(product_id)
    yield from (reserve_event("{"), reserve_event(" " * 40_000), reserve_event("{}", "text/plain"))


def with_headers(asked: Json, **headers: str) -> Json:
    return {**asked, "headers": {**asked["headers"], **headers}}


def repeating(connection: Connection) -> Iterator[Json]:
    product_id, other_product = factories.product(connection), factories.product(connection)
    for wanted in (product_id, product_id, other_product):
        yield with_headers(reserve(wanted), **{"Idempotency-Key": "once"})


def wanting_too_much(connection: Connection) -> Iterator[Json]:
    limited, lapsing, other = (factories.product(connection) for _ in range(3))
    connection.execute("UPDATE products SET max_per_shopper = 5 WHERE id = %s", [limited])
    shopper_id = uuid4()
    token = token_for(Bearer(str(shopper_id), Scope.SHOPPER))
    for _ in range(5):  # the default of MAX_ACTIVE_HOLDS, and above that of LAPSES_BEFORE_COOLDOWN
        factories.active(connection, limited, shopper_id=shopper_id)
        factories.lapsed(connection, lapsing, shopper_id=shopper_id)
    for wanted in (limited, lapsing, other):
        yield with_headers(reserve(wanted), Authorization=f"Bearer {token}")


def ending(connection: Connection) -> Iterator[Json]:
    product_id = factories.product(connection, 50)
    for verb, contrary in (("complete", "cancel"), ("cancel", "complete")):
        active, lapsed = (made(connection, product_id).id for made in (factories.active, factories.lapsed))
        yield event("POST", f"{ONE}/{verb}", str(active))
        yield event("POST", f"{ONE}/{contrary}", str(active))
        yield event("POST", f"{ONE}/{verb}", str(lapsed))
        yield event("GET", ONE, str(lapsed))
        yield event("POST", f"{ONE}/{verb}", NOBODYS)
    yield event("GET", ONE, NOBODYS)


def becoming_shoppers(connection: Connection) -> Iterator[Json]:
    for body in (None, "{}", "[]", " " * 40_000):
        yield event("POST", "/shoppers", body=body)
    yield event("POST", "/shoppers", body="{}", headers={"Content-Type": "text/plain"})
    connection.execute(
        "INSERT INTO guest_tokens (address, minute, issued)"
        " SELECT '198.51.100.7', date_trunc('minute', instant_now()) + ahead * interval '1 minute', 1000"
        " FROM generate_series(0, 1) AS ahead"
    )
    asked = event("POST", "/shoppers")
    yield {**asked, "requestContext": {**asked["requestContext"], "identity": {"sourceIp": "198.51.100.7"}}}


def with_tokens() -> Iterator[Json]:
    for scope in Scope:
        for asked in once_per_route():
            yield with_headers(asked, Authorization=f"Bearer {token_for(Bearer(str(uuid4()), scope))}")


def with_a_bad_token() -> Iterator[Json]:
    for asked in once_per_route():
        yield with_headers(asked, Authorization=STRANGER)


def once_per_route() -> Iterator[Json]:
    for resource, methods in app.routes.items():
        for method in methods:
            body = {"/reservations": str(reserve(IPHONE)["body"]), JOIN: '{"quantity": 1}'}.get(resource)
            yield event(method, resource, IPHONE, body=body)


@pytest.fixture(scope="module")
def exchanges(clones: Clones) -> Iterator[list[Exchange]]:
    """Ask for everything there is: as callers of every kind, and while the database is away."""
    with clones.clone() as url, database.connect(url) as connection, opened(url, MAX_WAITERS_PER_PRODUCT="1") as shop:
        sample_data.load(connection)
        yield [
            *asked(shop, connection),
            *asked_while_others_wait(shop, connection),
            *asked_without_a_database(shop),
        ]
        assert_balanced(connection)


def asked(shop: Shop, connection: Connection) -> list[Exchange]:
    requests = [*reading(), *reserving(connection), *repeating(connection)]
    requests += [*wanting_too_much(connection), *ending(connection), *administering(connection)]
    requests += [*extending(connection), *paying(connection), *waiting(connection)]
    requests += [*becoming_shoppers(connection), *with_tokens(), *with_a_bad_token()]
    requests.append(event("GET", "/reservations", query={"limit": ["1"]}))
    return [(each, shop.send(each)) for each in requests]


def asked_while_others_wait(shop: Shop, connection: Connection) -> list[Exchange]:
    product_id, shopper_id = factories.product(connection), uuid4()
    hold_id = str(factories.active(connection, product_id, shopper_id=shopper_id).id)
    requests = [reserve(product_id), *(event("POST", f"{ONE}/{verb}", hold_id) for verb in ("extend", "complete"))]
    requests.append(event("POST", JOIN, str(product_id), body='{"quantity": 1}', headers=authorization(shopper_id)))
    with connection.transaction():
        lock_shopper_and_places(connection, shopper_id)
        return [(each, shop.as_shopper(shopper_id).send(each)) for each in requests]


def asked_without_a_database(shop: Shop) -> list[Exchange]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database.Database, "run", Mock(side_effect=Busy))
        patch.setattr(tokens.Tokens, "verify", Mock(side_effect=Busy))  # as where an identity provider's keys are away
        return [(each, shop.send(each)) for each in (*once_per_route(), *with_a_bad_token())]


def response(asked: Json, reply: Reply) -> Json:
    operation = DOCUMENT["paths"][asked["resource"]][asked["httpMethod"].lower()]
    described = operation["responses"][str(reply.status)]
    assert isinstance(described, dict)
    return described


def test_every_promised_status_is_given_and_no_other(exchanges: list[Exchange]) -> None:
    given = {(asked["resource"], asked["httpMethod"].lower(), str(reply.status)) for asked, reply in exchanges}
    assert given == promised()


def test_every_body_fits_its_schema(exchanges: list[Exchange]) -> None:
    for asked, reply in exchanges:
        if reply.status == 304:
            assert "content" not in response(asked, reply)
            continue
        schema = response(asked, reply)["content"][reply.headers["Content-Type"]]["schema"]
        whole = {**schema, "components": DOCUMENT["components"]}
        OAS31Validator(whole, format_checker=oas31_format_checker).validate(reply.json)


def test_every_promised_header_is_there(exchanges: list[Exchange]) -> None:
    for asked, reply in exchanges:
        assert response(asked, reply).get("headers", {}).keys() - SOMETIMES <= reply.headers.keys()
    for name in SOMETIMES:
        assert any(name in reply.headers for _, reply in exchanges)


def test_every_problem_is_described_by_name(exchanges: list[Exchange]) -> None:
    for asked, reply in exchanges:
        if reply.status >= 400:
            assert f"`{reply.problem}`" in response(asked, reply)["description"]


def test_every_described_problem_is_given(exchanges: list[Exchange]) -> None:
    descriptions = [response(asked, reply)["description"] for asked, reply in exchanges]
    described = {name for description in descriptions for name in description.split("`")[1::2]}
    assert {reply.problem for _, reply in exchanges if reply.status >= 400} == described
