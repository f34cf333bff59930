"""Texts that look like SQL, log lines or headers are stored and shown as they were sent, and are nothing more."""

import json

import pytest
from psycopg import Connection

from tests.http.gateway import event
from tests.http.hold_requests import pay_event
from tests.http.routes import ROUTES, Route
from tests.http.shop import IPHONE, Shop
from tests.logs import logged

pytestmark = pytest.mark.slow

SQL = [
    "'; DROP TABLE reservations; --",
    "' OR '1'='1",
    "%s",
    "%(id)s",
    "{0}",
    "$1",
    "\\'; SELECT pg_sleep(9)--",
    "\\x27",
]
BREAKS = ["one\ntwo", "one\r\nSet-Cookie: a=b", '"}\n{"level":"ERROR"', "a\u2028b", "\x1b[2J", "a\x85b"]
JSON = {"Content-Type": "application/json"}


def new_product(name: str) -> dict[str, object]:
    body = json.dumps({"name": name, "price": 1, "totalStock": 1})
    return event("POST", "/admin/products", body=body, headers=JSON)


@pytest.mark.parametrize("text", SQL + BREAKS)
def test_a_name_is_stored_and_shown_as_it_was_sent(shop: Shop, text: str) -> None:
    admin = shop.as_admin(text)
    product = admin.send(new_product(text)).json
    assert shop.get(f"/products/{product['id']}").json["name"] == text
    (change, *_) = admin.get("/admin/changes").json
    assert (change["madeBy"], change["details"]["name"]) == (text, text)


@pytest.mark.parametrize("text", SQL)
def test_sql_in_a_path_a_query_or_a_key_is_text(shop: Shop, connection: Connection, text: str) -> None:
    before = connection.execute("SELECT count(*) FROM products").fetchone()
    admin = shop.as_admin()
    for path in ("/products/{product_id}", "/reservations/{reservation_id}"):
        assert shop.send(event("GET", path, text)).status == 404
    for query in ({"status": [text]}, {"after": [text]}, {"limit": [text]}):
        assert shop.send(event("GET", "/reservations", query=query)).status == 400
    for path, status in (("/admin/changes", 400), ("/admin/refunds", 400 if " " in text else 200)):
        assert admin.send(event("GET", path, query={"before": [text]})).status == status
    key = text.replace(" ", "/**/")
    reservation = json.dumps({"productId": IPHONE, "quantity": 1})
    replies = [
        shop.send(event("POST", "/reservations", body=reservation, headers={**JSON, "Idempotency-Key": key}))
        for _ in range(2)
    ]
    assert replies[0].json["id"] == replies[1].json["id"]
    assert shop.send(pay_event(replies[0].json["id"], key)).status == 200
    assert connection.execute("SELECT idempotency_key FROM reservations").fetchall() == [(key,)]
    assert connection.execute("SELECT reference FROM payments").fetchall() == [(key,)]
    assert connection.execute("SELECT count(*) FROM products").fetchone() == before


@pytest.mark.parametrize("text", BREAKS)
def test_no_text_begins_another_line_of_the_log(shop: Shop, text: str) -> None:
    with logged() as lines:
        shop.as_admin(text).send(new_product(text))
        shop.send({**new_product("x"), "headers": {"Authorization": text, "Idempotency-Key": text, text: text}})
        shop.send(event("GET", "/products/{product_id}", text))
    (line,) = lines.parsed
    assert line["made_by"] == text


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_no_text_becomes_a_header_of_the_reply(shop: Shop, route: Route) -> None:
    for text in BREAKS:
        asked = route.event(text, product_id=text)
        headers = {**asked["headers"], "Idempotency-Key": text, "If-None-Match": text, "Origin": text}
        query = {name: [text] for name in ("status", "after", "before", "limit", text)}
        for sent in ({**asked, "headers": headers}, {**asked, "multiValueQueryStringParameters": query}):
            reply = route.caller(shop).send(sent)
            assert "Set-Cookie" not in reply.headers
            assert all(str(value).isprintable() and str(value).isascii() for value in reply.headers.values())
