"""What operators do on their page, against the real platform."""

import re
from collections.abc import Callable

import httpx
from playwright.sync_api import expect
from psycopg import Connection

from tests.browser.desk import Desk
from tests.browser.focus import tab_to
from tests.browser.shop import AIRPODS, IPHONE, MACBOOK, Shop
from tests.browser.stock import age_holds, available, leave

MANY_SECONDS = 200
"""Longer than a hold."""


def test_units_are_put_on_sale_and_taken_out(desk: Desk, rows: Connection) -> None:
    dialog = desk.press(f"Restock {IPHONE}")
    dialog.get_by_label("Units").fill("5")
    desk.confirm(dialog, "Add 5 units")
    expect(desk.figure(IPHONE, "Available")).to_have_text("15")
    expect(desk.page.get_by_role("button", name=f"Restock {IPHONE}")).to_be_focused()
    dialog = desk.press(f"Restock {IPHONE}")
    dialog.get_by_role("radio", name="Take out").check()
    dialog.get_by_label("Units").fill("12")
    desk.confirm(dialog, "Take out 12 units")
    expect(desk.figure(IPHONE, "Available")).to_have_text("3")
    assert available(rows, IPHONE) == 3


def test_a_refused_change_is_explained_and_changes_nothing(desk: Desk, rows: Connection) -> None:
    dialog = desk.press(f"Restock {IPHONE}")
    dialog.get_by_role("radio", name="Take out").check()
    dialog.get_by_label("Units").fill("11")
    dialog.get_by_role("button", name="Take out 11 units").click()
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    assert available(rows, IPHONE) == 10


def test_a_sale_is_paused_and_resumed(desk: Desk, reserve: Callable[[str], httpx.Response]) -> None:
    dialog = desk.press(f"Pause the sale of {IPHONE}")
    expect(dialog.get_by_role("button", name="Keep selling")).to_be_focused()
    desk.confirm(dialog, "Pause the sale")
    expect(desk.product(IPHONE)).to_contain_text("Paused")
    assert reserve(IPHONE).status_code == 409
    resume = desk.page.get_by_role("button", name=f"Resume the sale of {IPHONE}")
    expect(resume).to_be_focused()
    resume.click()
    expect(desk.product(IPHONE)).to_contain_text("On sale")
    assert reserve(IPHONE).status_code == 201


def test_only_edited_settings_are_sent(desk: Desk) -> None:
    dialog = desk.press(f"Settings of {IPHONE}")
    expect(dialog.get_by_role("button", name="Save")).to_have_attribute("aria-disabled", "true")
    dialog.get_by_label("Units per shopper").fill("2")
    dialog.get_by_label("Hold, in seconds").fill("90")
    with desk.page.expect_request(lambda request: request.method == "PATCH") as sent:
        desk.confirm(dialog, "Save")
    assert sent.value.post_data_json == {"maxPerShopper": 2, "holdSeconds": 90}
    expect(desk.product(IPHONE)).to_contain_text("2 per shopper · held for 1:30")


def test_a_sale_that_ends_at_once_is_warned_of(desk: Desk) -> None:
    dialog = desk.press(f"Settings of {IPHONE}")
    dialog.get_by_label("Sale ends").fill("2026-01-01T00:00:07")
    expect(dialog).to_contain_text("This ends the sale at once")
    desk.confirm(dialog, "Save and close the sale")
    expect(desk.product(IPHONE)).to_contain_text("Ended")


def test_a_shopper_s_hold_is_found_and_released(desk: Desk, another_shopper: Shop, rows: Connection) -> None:
    another_shopper.reserve(IPHONE)
    another_shopper.reserve(AIRPODS)
    desk.go_to("Holds")
    found = desk.find(another_shopper.shopper["shopperId"])
    expect(found).to_have_count(2)
    iphone = found.filter(has_text=IPHONE)
    iphone.get_by_role("button", name="Release").click()
    desk.confirm(desk.page.get_by_role("dialog"), "Release the hold")
    expect(iphone).to_contain_text(re.compile("Ended .* by admin"))
    expect(iphone).to_be_focused()
    ends = "SELECT status::text, ended_by::text FROM reservations WHERE ended_by IS NOT NULL"
    assert rows.execute(ends).fetchall() == [("CANCELLED", "admin")]
    assert available(rows, IPHONE) == 10
    another_shopper.forget_and_reload()
    expect(another_shopper.hold(AIRPODS)).to_be_visible()
    expect(another_shopper.hold(IPHONE)).to_have_count(0)


def test_a_reservation_is_found_by_its_id_and_by_its_product(
    desk: Desk, reserve: Callable[[str], httpx.Response]
) -> None:
    reservation = reserve(MACBOOK).json()["id"]
    desk.page.get_by_role("link", name=f"Holds of {MACBOOK}").click()
    expect(desk.page.get_by_role("list", name="Reservations")).to_contain_text(reservation)
    expect(desk.find(reservation)).to_have_count(1)
    desk.page.get_by_label("Reservation or shopper id").fill("00000000-0000-4000-8000-000000000000")
    desk.page.get_by_role("button", name="Find").click()
    expect(desk.page.get_by_role("heading", name="Nothing found")).to_be_visible()


def test_a_refund_is_marked_as_dealt_with(
    desk: Desk, rows: Connection, base_url: str, reserve: Callable[[str], httpx.Response]
) -> None:
    leave(rows, IPHONE, 1)
    late = reserve(IPHONE).json()["id"]
    age_holds(rows, MANY_SECONDS)
    assert reserve(IPHONE).status_code == 201
    pay = f"{base_url}/api/reservations/{late}/complete"
    paid = httpx.post(pay, json={"paymentReference": "paid-too-late"}, timeout=30)
    assert paid.json()["refundRequired"] is True
    desk.go_to("Refunds")
    refunds = desk.page.get_by_role("list", name="Refunds").get_by_role("listitem")
    expect(refunds).to_have_text([re.compile("paid-too-late")])
    dialog = desk.press("Mark as dealt with paid-too-late")
    desk.confirm(dialog, "Mark as dealt with")
    expect(desk.page.get_by_role("heading", name="Nothing to refund")).to_be_visible()
    expect(desk.page.get_by_role("heading", name="Refunds")).to_be_focused()
    desk.page.get_by_role("radio", name="Dealt with", exact=True).check()
    expect(refunds).to_have_text([re.compile("paid-too-late.*Dealt with", re.DOTALL)])


def test_changes_are_listed_newest_first(desk: Desk) -> None:
    for name in (IPHONE, AIRPODS):
        desk.confirm(desk.press(f"Restock {name}"), "Add 10 units")
    desk.go_to("Changes")
    changes = desk.page.get_by_role("list", name="Changes").get_by_role("listitem")
    expect(changes).to_have_text([re.compile(f"{re.escape(name)}.*Added 10 units") for name in (AIRPODS, IPHONE)])


def test_a_product_is_restocked_with_the_keyboard_only(desk: Desk) -> None:
    page = desk.page
    restock = page.get_by_role("button", name=f"Restock {IPHONE}")
    tab_to(page, restock)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    tab_to(page, dialog.get_by_label("Units"))
    page.keyboard.press("Control+A")
    page.keyboard.type("5")
    tab_to(page, dialog.get_by_role("button", name="Add 5 units"))
    page.keyboard.press("Enter")
    expect(desk.figure(IPHONE, "Available")).to_have_text("15")
    expect(restock).to_be_focused()
