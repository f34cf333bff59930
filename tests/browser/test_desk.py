"""The operators' page against the real platform."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Request, expect
from psycopg import Connection

from infra.local import signing_keys
from infra.tokens import TOKEN_KEYS, issue_admin_token
from tests.browser.desk import Desk
from tests.browser.shop import AIRPODS, IPHONE, MACBOOK, Shop
from tests.browser.stock import age_holds, leave

MANY_SECONDS = 200
"""Longer than a hold."""


@pytest.fixture(scope="session")
def admin_token(system: str, run_directory: Path) -> str:  # noqa: ARG001 - it makes the keys
    """A token of an admin, signed with the keys of the functions."""
    return issue_admin_token({TOKEN_KEYS: (run_directory / signing_keys.FILE).read_text()})


@pytest.fixture
def desk(page: Page, admin_token: str) -> Desk:
    """The desk, signed in."""
    return Desk(page).sign_in(admin_token)


@pytest.fixture
def reserve(base_url: str) -> Callable[[str], httpx.Response]:
    """Reserve a unit of a product for a shopper without a token."""
    known = {each["name"]: each["id"] for each in httpx.get(f"{base_url}/api/products").json()}

    def send(product: str) -> httpx.Response:
        body = {"productId": known[product], "quantity": 1}
        return httpx.post(f"{base_url}/api/reservations", json=body, timeout=30)

    return send


def available(rows: Connection, product: str) -> int:
    """Return how many units of a product the stock rows have."""
    query = "SELECT sum(available) FROM stock JOIN products ON id = product_id WHERE name = %s"
    found = rows.execute(query, [product]).fetchone()
    assert found is not None
    return int(found[0])


def test_only_a_token_of_an_admin_signs_in(page: Page, another_shopper: Shop) -> None:
    desk = Desk(page)
    page.goto("/desk")
    for token in ("nonsense", another_shopper.shopper["token"]):
        with page.expect_response("**/api/admin/sale"):
            desk.present(token)
        expect(page.get_by_role("alert")).to_contain_text("This token was rejected")
        assert desk.kept_token is None


def test_the_token_stays_in_its_tab_until_the_operator_signs_out(desk: Desk, admin_token: str) -> None:
    page = desk.page
    assert desk.kept_token == admin_token
    assert admin_token not in page.evaluate("JSON.stringify(localStorage)")
    page.reload()
    expect(desk.product(IPHONE)).to_be_visible()
    other = page.context.new_page()
    other.goto("/desk")
    expect(other.get_by_label("Admin token")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Admin token")).to_be_visible()
    assert desk.kept_token is None


def test_a_token_that_is_rejected_later_ends_the_session(desk: Desk) -> None:
    page = desk.page
    wrong = {"authorization": "Bearer wrong"}
    page.route("**/api/admin/sale", lambda route: route.continue_(headers={**route.request.headers, **wrong}))
    expect(page.get_by_role("alert")).to_contain_text("This token was rejected")
    assert desk.kept_token is None


def test_a_reserve_is_shown_without_a_reload(desk: Desk, reserve: Callable[[str], httpx.Response]) -> None:
    expect(desk.figure(IPHONE, "Available")).to_have_text("10")
    assert reserve(IPHONE).status_code == 201
    expect(desk.figure(IPHONE, "Available")).to_have_text("9")
    expect(desk.figure(IPHONE, "Held")).to_have_text("1")
    expect(desk.figure(IPHONE, "Reserved")).to_have_text("1 a minute")
    expect(desk.figure(IPHONE, "Next release in")).to_have_text(re.compile(r"^[12]:\d\d$"))
    expect(desk.product(IPHONE).get_by_role("img", name=re.compile("reserved 1 now"))).to_be_visible()
    expect(desk.page.get_by_text(re.compile(r"of \d+ database connections"))).to_be_visible()


def test_units_that_are_not_where_the_journal_says_are_shown(desk: Desk, rows: Connection) -> None:
    state = desk.page.get_by_role("complementary", name="State of the system")
    expect(state).to_contain_text("Every unit in its place")
    leave(rows, MACBOOK, 3)  # without an entry in the journal
    state.get_by_role("button", name="Check the balance now").click()
    expect(state).to_contain_text(f"Out of balance: {MACBOOK}")


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


def test_a_hidden_tab_stops_to_poll_and_starts_again(page: Page, admin_token: str) -> None:
    page.clock.install()
    page.add_init_script("""
      window.show = (visible) => {
        Object.defineProperty(document, 'visibilityState', {value: visible ? 'visible' : 'hidden', configurable: true});
        document.dispatchEvent(new Event('visibilitychange', {bubbles: true}));
      }""")
    desk = Desk(page).sign_in(admin_token)
    expect(desk.product(IPHONE)).to_be_visible()
    with page.expect_response("**/api/admin/sale"):
        page.clock.run_for(5_000)
    page.evaluate("show(false)")
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request) if "/api/" in request.url else None)
    page.clock.run_for(30_000)
    assert requests == []
    with page.expect_response("**/api/admin/sale"):
        page.evaluate("show(true)")


def test_the_desk_has_the_headers_of_the_shop_and_is_not_indexed(page: Page, base_url: str) -> None:
    shop, desk = page.request.get("/"), page.request.get("/desk")
    policy = desk.headers["content-security-policy"]
    assert policy == shop.headers["content-security-policy"]
    page.goto("/desk")
    expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex")
    assert page.url == f"{base_url}/desk"


def test_the_desk_keeps_the_content_security_policy_and_asks_no_other_host(
    page: Page, admin_token: str, base_url: str
) -> None:
    complaints: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("request", lambda request: asked.add(request.url))
    desk = Desk(page).sign_in(admin_token)
    desk.confirm(desk.press(f"Restock {IPHONE}"), "Add 10 units")
    for view in ("Holds", "Refunds", "Changes", "Sale"):
        desk.go_to(view)
        expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
    assert complaints == []
    assert {url for url in asked if not url.startswith(f"{base_url}/")} == set()


def test_the_shop_loads_nothing_of_the_desk(page: Page, frontend: Path) -> None:
    loaded: set[str] = set()
    page.on("request", lambda request: loaded.add(request.url.rpartition("/")[2]))
    expect(Shop(page).open().left(IPHONE)).to_be_visible()
    shop = frozenset(loaded)
    loaded.clear()
    page.goto("/desk")
    expect(page.get_by_label("Admin token")).to_be_visible()
    own = {name for name in loaded - shop if name.endswith((".js", ".css"))}
    marks = [name for name in own if "ember.desk" in (frontend / "dist" / "assets" / name).read_text()]
    assert marks, "the desk has files of its own"
    assert all("ember.desk" not in file.read_text() for file in _assets(frontend, shop))


def _assets(frontend: Path, names: frozenset[str]) -> list[Path]:
    return [file for file in (frontend / "dist" / "assets").iterdir() if file.name in names and file.suffix == ".js"]
