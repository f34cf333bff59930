"""Refunds that admins have dealt with."""

from urllib.parse import parse_qs, quote

import pytest
from psycopg import Connection

from tests.http.admin_requests import SETTLE, refund_required
from tests.http.gateway import event
from tests.http.shop import Shop
from tests.logs import logged


@pytest.fixture
def admin(shop: Shop) -> Shop:
    """Give the admin ada a shop of their own."""
    return shop.as_admin("ada")


def references(admin: Shop, query: str = "") -> list[str]:
    return [refund["paymentReference"] for refund in admin.get(f"/admin/refunds{query}").json]


def test_a_settled_refund_names_its_admin_and_stays_listed(admin: Shop, connection: Connection) -> None:
    refund_required(connection, "pay-1"), refund_required(connection, "pay-2")
    with logged() as lines:
        reply = admin.post("/admin/refunds/pay-1/settle")
    assert reply.status == 200
    assert (reply.json["paymentReference"], reply.json["settledBy"]) == ("pay-1", "ada")
    assert reply.json["settledAt"] >= reply.json["recordedAt"]
    (line,) = [line for line in lines.parsed if line["message"] == "refund settled"]
    assert (line["payment_reference"], line["made_by"]) == ("pay-1", "ada")
    assert references(admin) == ["pay-2", "pay-1"]
    assert references(admin, "?status=open") == ["pay-2"]
    assert references(admin, "?status=settled") == ["pay-1"]
    (change,) = admin.get("/admin/changes").json
    assert (change["madeBy"], change["action"]) == ("ada", "settle")
    assert change["details"] == {"paymentReference": "pay-1"}


def test_a_repeated_settlement_gets_the_first_answer(admin: Shop, connection: Connection) -> None:
    refund_required(connection, "pay-1")
    first = admin.post("/admin/refunds/pay-1/settle")
    again = admin.with_token(admin.as_admin("bob").token).post("/admin/refunds/pay-1/settle")
    assert (again.status, again.json) == (200, first.json)


@pytest.mark.parametrize("reference", ["pay-2", " ", "a b", "\x00", "\ud800", "%00", "%", "", "x" * 10_240])
def test_a_payment_that_needs_no_refund_is_not_found(unchanged_shop: Shop, reference: str) -> None:
    reply = unchanged_shop.as_admin().send(event("POST", SETTLE, reference))
    assert (reply.status, reply.problem) == (404, "not-found")


@pytest.mark.parametrize("reference", ["a/b", "100%", "a%41", "?&=#", "~" * 255, "'; DROP"])
def test_any_reference_can_be_settled_however_the_gateway_passes_the_path(
    admin: Shop, connection: Connection, reference: str
) -> None:
    """Chalice's gateway passes the path as it was sent; others decode it first."""
    reference = reference.replace(" ", "/**/")
    refund_required(connection, reference)
    assert admin.post(f"/admin/refunds/{quote(reference, safe='')}/settle").json["paymentReference"] == reference
    assert admin.send(event("POST", SETTLE, reference)).json["paymentReference"] == reference


def test_a_reference_as_it_is_written_comes_before_its_decoded_form(admin: Shop, connection: Connection) -> None:
    refund_required(connection, "aA"), refund_required(connection, "a%41")
    assert admin.send(event("POST", SETTLE, "a%41")).json["paymentReference"] == "a%41"
    assert references(admin, "?status=open") == ["aA"]


def test_the_link_to_the_next_page_keeps_the_status(admin: Shop, connection: Connection) -> None:
    refund_required(connection, "pay-1"), refund_required(connection, "pay-2")
    link = admin.get("/admin/refunds?limit=1&status=open").headers["Link"]
    parameters = parse_qs(link.partition("?")[2].partition(">")[0])
    assert parameters == {"limit": ["1"], "before": ["pay-2"], "status": ["open"]}


def test_another_status_is_refused(unchanged_shop: Shop) -> None:
    reply = unchanged_shop.as_admin().get("/admin/refunds?status=done")
    assert (reply.status, reply.json["errors"][0]["field"]) == (400, "status")
