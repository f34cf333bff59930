"""The operators' page against the real platform: signing in, what it shows, what it loads."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
from playwright.sync_api import Page, Request, expect
from psycopg import Connection

from tests.browser.desk import Desk
from tests.browser.shop import IPHONE, MACBOOK, Shop
from tests.browser.stock import leave


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


def test_a_refusal_is_shown_by_its_reason(
    desk: Desk, reserve: Callable[[str], httpx.Response], rows: Connection
) -> None:
    expect(desk.figure(IPHONE, "Refused")).to_have_text("0 a minute")
    rows.execute("UPDATE products SET paused = true WHERE name = %s", [IPHONE])
    assert reserve(IPHONE).status_code == 409
    expect(desk.figure(IPHONE, "Paused")).to_have_text("1")
    expect(desk.figure(IPHONE, "Refused")).to_have_text("1 a minute")
    expect(desk.product(IPHONE).get_by_role("img", name=re.compile("refused.* 1 now"))).to_be_visible()


def test_units_that_are_not_where_the_journal_says_are_shown(desk: Desk, rows: Connection) -> None:
    state = desk.page.get_by_role("complementary", name="State of the system")
    expect(state).to_contain_text("Every unit in its place")
    leave(rows, MACBOOK, 3)  # without an entry in the journal
    state.get_by_role("button", name="Check the balance now").click()
    expect(state).to_contain_text(f"Out of balance: {MACBOOK}")


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
