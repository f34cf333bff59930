"""Payments that arrive after the lapse: the hold is replaced if stock is left, otherwise the payment is refunded."""

import re
from collections.abc import Callable
from http import HTTPStatus

import httpx
from playwright.sync_api import Locator, Page, Route, expect
from psycopg import Connection

from tests.browser.shop import IPHONE, Shop
from tests.browser.stock import age_holds, leave
from tests.waiting import eventually

LONGER_THAN_THE_HOLD = 130
"""Seconds."""


def press_pay_and_delay_it(shop: Shop, rows: Connection) -> tuple[Locator, Route]:
    """Reserve, press Pay, and let the hold lapse. Return the dialog and the request, which the test continues."""
    delayed: list[Route] = []
    shop.page.route("**/complete", lambda route: delayed.append(route))
    shop.reserve(IPHONE)
    dialog = shop.press_pay(IPHONE)
    eventually(lambda: shop.page.evaluate("true") and delayed, within=15)  # Playwright handles events during calls
    age_holds(rows, LONGER_THAN_THE_HOLD)
    return dialog, delayed[0]


def references(page: Page) -> list[str]:
    """Return a list to which the reference of each payment is added when it is sent."""
    sent: list[str] = []

    def note(route: Route) -> None:
        sent.append(route.request.post_data_json["paymentReference"])
        route.continue_()

    page.route("**/complete", note)
    return sent


def payments(rows: Connection) -> list[tuple[str, str]]:
    """Return the recorded payments with their outcome."""
    return rows.execute("SELECT reference, outcome::text FROM payments").fetchall()


def test_a_late_payment_replaces_the_hold_if_stock_is_left(shop: Shop, rows: Connection) -> None:
    dialog, payment = press_pay_and_delay_it(shop, rows)
    payment.continue_()
    expect(dialog.get_by_role("heading", name="Payment complete")).to_be_focused()
    expect(dialog).to_contain_text("Your hold had expired, but a unit was still available.")
    dialog.get_by_role("link", name="See history").click()
    expect(shop.history).to_have_text([re.compile("Bought"), re.compile("Expired")])
    statuses = "SELECT status::text, replaces IS NOT NULL FROM reservations ORDER BY created_at DESC"
    assert rows.execute(statuses).fetchall()[0] == ("COMPLETED", True)
    assert [outcome for _, outcome in payments(rows)] == ["SETTLED"]
    shop.go_to("Holds")
    expect(shop.lapsed(IPHONE)).to_have_count(0)


def test_a_late_payment_is_refunded_if_no_stock_is_left(
    shop: Shop, reserve: Callable[[str], httpx.Response], rows: Connection
) -> None:
    leave(rows, IPHONE, 1)
    dialog, payment = press_pay_and_delay_it(shop, rows)
    assert reserve(IPHONE).status_code == HTTPStatus.CREATED
    payment.continue_()
    expect(dialog.get_by_role("heading", name="You will be refunded")).to_be_focused()
    [(reference, outcome)] = payments(rows)
    assert outcome == "REFUND_REQUIRED"
    expect(dialog).to_contain_text(reference)
    dialog.get_by_role("button", name="Back to the shop").click()
    expect(shop.holds).to_contain_text(f"You will be refunded: {reference}")
    shop.page.reload()
    expect(shop.holds).to_contain_text(f"You will be refunded: {reference}")


def test_an_unanswered_payment_is_repeated_and_charged_once(shop: Shop, rows: Connection) -> None:
    shop.reserve(IPHONE)
    sent: list[str] = []

    def lose_the_answer(route: Route) -> None:
        sent.append(route.request.post_data_json["paymentReference"])
        route.fetch()
        route.abort()

    shop.page.route("**/complete", lose_the_answer)
    shop.page.route(
        "**/api/reservations?*", lambda route: route.abort()
    )  # the page cannot learn the result from the list
    dialog = shop.press_pay(IPHONE)
    expect(dialog.get_by_role("alert").filter(has_text="You are charged only once")).to_be_visible()
    shop.page.unroute("**/complete")
    repeated = references(shop.page)
    dialog.get_by_role("button", name="Pay").click()
    expect(dialog.get_by_role("heading", name="Payment complete")).to_be_visible()
    assert repeated == sent
    assert payments(rows) == [(sent[0], "SETTLED")]


def test_each_payment_has_its_own_reference(shop: Shop, rows: Connection) -> None:
    shop.reserve(IPHONE)
    shop.hold(IPHONE).get_by_role("button", name="Pay").click()
    dialog = shop.page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Test card 0002").check()
    sent = references(shop.page)
    for _ in range(2):
        dialog.get_by_role("button", name="Pay").click()
        expect(dialog.get_by_role("alert").filter(has_text="Card declined")).to_be_visible()
        expect(dialog.get_by_role("button", name="Pay")).to_be_focused()
        eventually(lambda: dialog.get_by_role("button", name="Pay").get_attribute("aria-busy") == "false", within=15)
    assert [reference.partition("-")[0] for reference in sent] == ["declined", "declined"]
    assert sent[0] != sent[1]
    assert payments(rows) == []
    dialog.get_by_role("radio", name="Test card 4242").check()
    dialog.get_by_role("button", name="Pay").click()
    expect(dialog.get_by_role("heading", name="Payment complete")).to_be_visible()
