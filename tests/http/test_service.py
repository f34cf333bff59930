"""What the service says about itself, and what an invocation leaves in the log."""

from tests.http.gateway import Context, event, reserve_event
from tests.http.shop import IPHONE, Shop
from tests.logs import logged


def test_the_service_is_healthy_while_its_database_answers(unchanged_shop: Shop) -> None:
    reply = unchanged_shop.get("/health")
    assert (reply.status, reply.json) == (200, {"status": "ok"})
    assert reply.headers["Cache-Control"] == "private, no-store"


def test_caches_keep_the_openapi_document_for_five_minutes(unchanged_shop: Shop) -> None:
    reply = unchanged_shop.get("/openapi.json")
    assert (reply.status, reply.headers["Cache-Control"]) == (200, "public, max-age=300")
    assert reply.headers["Content-Type"] == "application/json"


def test_a_reservation_can_be_followed_through_the_log(shop: Shop) -> None:
    with logged() as lines:
        body = f'{{"productId": "{IPHONE}", "quantity": 2}}'
        identifier = shop.send(reserve_event(body), Context("first")).json["id"]
        for verb in ("complete", "complete"):
            shop.send(event("POST", f"/reservations/{{reservation_id}}/{verb}", identifier), Context("second"))
    logged_lines = [(line["message"], line["reservation_id"], line["request_id"]) for line in lines.parsed]
    assert logged_lines == [("reserved", identifier, "first"), *[("completed", identifier, "second")] * 2]


def test_reads_are_not_logged(unchanged_shop: Shop) -> None:
    with logged() as lines:
        unchanged_shop.get("/products")
        unchanged_shop.get("/reservations")
    assert lines.text == ""
