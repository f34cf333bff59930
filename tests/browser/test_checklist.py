"""The checklist a flash sale is released by, line by line, through the front door and with a browser."""

import re

import httpx
from playwright.sync_api import Page, expect
from psycopg import Connection

from tests.browser.shop import AIRPODS, GALAXY, IPHONE, MACBOOK, Shop
from tests.browser.stock import hold_seconds_of, leave
from tests.waiting import eventually

IPHONE_ID = "550e8400-e29b-41d4-a716-446655440000"


def test_backend_starts_without_errors(base_url: str) -> None:
    assert httpx.get(f"{base_url}/api/health", timeout=20).json() == {"status": "ok"}


def test_frontend_loads_products(shop: Shop) -> None:
    cards = shop.page.get_by_role("region", name="On sale").get_by_role("listitem")
    expect(cards).to_have_count(6)
    expect(shop.card(IPHONE)).to_contain_text("$1,199")


def test_can_create_reservation(shop: Shop, rows: Connection) -> None:
    shop.reserve(IPHONE)
    assert rows.execute("SELECT status::text, quantity FROM reservations").fetchall() == [("ACTIVE", 1)]


def test_timer_counts_down(shop: Shop) -> None:
    shop.reserve(IPHONE)
    first = shop.seconds_left(IPHONE)
    eventually(lambda: shop.seconds_left(IPHONE) == first - 2, within=4)


def test_timer_survives_page_refresh(shop: Shop) -> None:
    shop.reserve(IPHONE)
    eventually(lambda: shop.seconds_left(IPHONE) <= 117, within=6)
    shop.page.reload()
    expect(shop.hold(IPHONE)).to_be_visible()
    assert shop.seconds_left(IPHONE) <= 117


def test_can_complete_purchase_within_the_hold(shop: Shop, rows: Connection) -> None:
    shop.reserve(IPHONE)
    shop.pay(IPHONE)
    assert rows.execute("SELECT status::text FROM reservations").fetchall() == [("COMPLETED",)]


def test_reservation_expires_after_the_hold_and_stock_is_restored(shop: Shop, rows: Connection) -> None:
    hold_seconds_of(rows, MACBOOK, 3)
    shop.reserve(MACBOOK)
    expect(shop.left(MACBOOK)).to_contain_text("7 of 8")
    expect(shop.lapsed(MACBOOK)).to_be_visible()
    expect(shop.left(MACBOOK)).to_contain_text("8 of 8")


def test_of_two_users_one_succeeds_and_one_gets_insufficient_stock(base_url: str, rows: Connection) -> None:
    leave(rows, IPHONE, 1)
    wanted = {"productId": IPHONE_ID, "quantity": 1}
    answers = [httpx.post(f"{base_url}/api/reservations", json=wanted, timeout=20) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 409]
    assert answers[1].json()["detail"].startswith("Insufficient stock")


def test_history_shows_all_reservations(shop: Shop, rows: Connection) -> None:
    hold_seconds_of(rows, GALAXY, 3)
    shop.reserve(GALAXY)
    shop.reserve(AIRPODS)
    shop.pay(AIRPODS)
    shop.reserve(IPHONE)
    expect(shop.lapsed(GALAXY)).to_be_visible()
    shop.go_to("History")
    expect(shop.history).to_have_text([re.compile("Held"), re.compile("Bought"), re.compile("Expired")])


def test_all_endpoints_return_correct_data(page: Page, base_url: str) -> None:
    with httpx.Client(base_url=f"{base_url}/api", timeout=20) as api:
        product = api.get(f"/products/{IPHONE_ID}").json()
        assert (product["name"], product["price"], product["availableStock"], product["totalStock"]) == (
            IPHONE,
            1199,
            10,
            10,
        )
        made = api.post("/reservations", json={"productId": IPHONE_ID, "quantity": 2}).json()
        assert (made["status"], made["quantity"], made["productId"]) == ("ACTIVE", 2, IPHONE_ID)
        read = api.get(f"/reservations/{made['id']}").json()
        assert [entry["event"] for entry in read.pop("timeline")] == ["RESERVED"]
        assert read == made
        assert [each["id"] for each in api.get("/reservations").json()] == [made["id"]]
        completed = api.post(f"/reservations/{made['id']}/complete").json()
        assert (completed["id"], completed["status"]) == (made["id"], "COMPLETED")
    expect(Shop(page).open().left(IPHONE)).to_contain_text("8 of 10")
