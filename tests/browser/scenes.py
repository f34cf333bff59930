"""Each view in each state, with a stub API: for the screenshots in docs/ and the accessibility tests."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from playwright.sync_api import Page, ViewportSize, expect

from chalicelib.catalog.sample_data import PRODUCTS
from tests.browser import waiting_scenes
from tests.browser.desk_samples import SHOPPER
from tests.browser.desk_stub import DeskStub, fill_charts
from tests.browser.stub_api import StubApi


@dataclass(frozen=True)
class Scene:
    """A view, the state of the stub API, the actions that lead there, and how the shopper looks at it."""

    address: str
    arrange: Callable[[StubApi], object]
    act: Callable[[Page], object]
    forced_colors: bool = False
    zoomed: bool = False
    right_to_left: bool = False


def _nothing(_: object) -> None:
    """Leave the samples unchanged."""


def _sees(text: str) -> Callable[[Page], object]:
    return lambda page: expect(page.get_by_role("main")).to_contain_text(text)


def _is_told(label: str) -> Callable[[Page], object]:
    return lambda page: expect(page.get_by_label(label)).to_be_visible()


def _presses(name: str, then: str) -> Callable[[Page], object]:
    def act(page: Page) -> None:
        page.get_by_role("main").get_by_role("button", name=name).first.click()
        expect(page.get_by_role("dialog").or_(page.get_by_role("main")).first).to_be_visible()
        expect(page.locator("body")).to_contain_text(then)

    return act


def _holds_one(page: Page) -> None:
    _sees("You hold 1")(page)
    _sees("9 of 10 left")(page)


def _reserves(page: Page) -> None:
    page.get_by_role("button", name="Reserve iPhone").click()
    expect(page.get_by_role("region", name="Notifications")).to_contain_text("held for you")


def _declined(page: Page) -> None:
    _presses("Pay", "Pay with")(page)
    page.get_by_role("radio", name="Test card 0002").check()
    page.get_by_role("dialog").get_by_role("button", name="Pay").click()
    expect(page.get_by_role("dialog")).to_contain_text("Card declined")


def _presses_reserve(then: str) -> Callable[[Page], object]:
    return _presses("Reserve iPhone", then)


def _pays_and_sees(then: str) -> Callable[[Page], object]:
    def act(page: Page) -> None:
        _presses("Pay", "Pay with")(page)
        page.get_by_role("dialog").get_by_role("button", name="Pay").click()
        expect(page.get_by_role("dialog")).to_contain_text(then)

    return act


def _extends(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Extend by 2:00").click()
    expect(page.get_by_role("main")).not_to_contain_text("Time is running out")


def _opens_timelines(page: Page) -> None:
    for name in ("Samsung", "Sony"):
        page.get_by_role("button", name=f"Timeline of {name}").click()
        expect(page.get_by_role("list", name=f"Timeline of {name}")).to_be_visible()


def _goes_offline(page: Page) -> None:
    _holds_one(page)
    page.context.set_offline(offline=True)
    expect(page.get_by_role("complementary", name="Connection")).to_contain_text("You are offline")


def _opens_the_history(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="History").click()
    _sees("This view could not be loaded")(page)


def _limit_bought(stub_api: StubApi) -> None:
    stub_api.limit(holds=False)


def _limit_held(stub_api: StubApi) -> None:
    stub_api.limit(holds=True)


def _loses_connection(stub_api: StubApi) -> None:
    stub_api.fail_after(1)


def _signed_in(stub_api: StubApi) -> None:
    DeskStub(stub_api.page)


def _watches_the_sale(page: Page) -> None:
    fill_charts(page)
    _sees("of 1,410")(page)


ZOOMED: ViewportSize = {"width": 320, "height": 256}
"""A window of 1280 by 1024 pixels at 400 % zoom."""


RIGHT_TO_LEFT = """
new MutationObserver((_, observer) => {
  if (document.documentElement) {
    document.documentElement.dir = 'rtl';
    observer.disconnect();
  }
}).observe(document, {childList: true});
"""
"""Mirrors the page. Its texts stay English."""


SHOP, HOLDS, HISTORY = "/", "/?view=holds", "/?view=history"
PHONE, PHOTO = (f"/?product={PRODUCTS[position].id}" for position in (0, 3))
DESK, FOUND_HOLDS = "/desk", f"/desk?view=holds&id={SHOPPER}"

SCENES = {
    "shop": Scene(SHOP, _nothing, _sees("25 of 25 left")),
    "shop-loading": Scene(SHOP, StubApi.be_silent, lambda page: expect(page.get_by_label("Loading")).to_be_visible()),
    "shop-error": Scene(SHOP, StubApi.fail, _sees("The shop cannot be reached")),
    "shop-empty": Scene(SHOP, StubApi.sell_nothing, _sees("Nothing on sale yet")),
    "shop-filtered-empty": Scene("/?show=low", _nothing, _sees("No product matches this filter")),
    "shop-search": Scene("/?search=noise", StubApi.sell_many, _sees("Sony")),
    "shop-search-empty": Scene("/?search=saxophone", StubApi.sell_many, _sees("No product matches")),
    "product": Scene(PHONE, StubApi.hold, _sees("titanium")),
    "product-photo": Scene(PHOTO, StubApi.sell_photographed, _sees("noise")),
    "product-unknown": Scene("/?product=gone", _nothing, _sees("not on sale here")),
    "shop-drop": Scene(SHOP, StubApi.open_soon, _sees("Next drop")),
    "shop-every-stock": Scene(SHOP, StubApi.sell_in_every_state, _sees("Opens in")),
    "shop-sold-out": Scene(SHOP, StubApi.sell_out, _sees("Next unit may be released in")),
    "shop-refused": Scene(SHOP, StubApi.refuse, _presses_reserve("Just sold out")),
    "shop-limit-held": Scene(SHOP, _limit_held, _sees("You have 2 of 2 per shopper")),
    "shop-limit-bought": Scene(SHOP, _limit_bought, _sees("One shopper can have 2 at most")),
    "shop-limit-refused": Scene(SHOP, StubApi.refuse_at_limit, _presses_reserve("You already hold this product")),
    "shop-long-words": Scene(SHOP, StubApi.sell_long_words, _sees("9 of 10 left")),
    "shop-too-many-holds": Scene(SHOP, StubApi.hold_too_many, _presses_reserve("You have 5 holds")),
    "shop-cooling-down": Scene(SHOP, StubApi.cool_down, _presses_reserve("You can reserve it again in")),
    "shop-admission": Scene(SHOP, StubApi.admit_few, _is_told("Admission")),
    "shop-lapsed": Scene(SHOP, StubApi.let_lapse, _sees("Your hold has expired")),
    "shop-lapse-warning": Scene(SHOP, StubApi.have_lapses, _sees("If this one lapses too")),
    "shop-toast": Scene(SHOP, StubApi.accept, _reserves),
    "shop-holding": Scene(SHOP, StubApi.hold, _holds_one),
    "shop-line": Scene(SHOP, StubApi.sell_out_with_a_line, _sees("Join the waiting list")),
    "shop-line-joined": Scene(SHOP, StubApi.sell_out_with_a_line, waiting_scenes.joins("5th")),
    "shop-line-alerts": Scene(SHOP, StubApi.sell_out_with_a_line, waiting_scenes.asks_to_be_told),
    "shop-line-long": Scene(SHOP, StubApi.wait_without_estimate, _sees("1,203rd")),
    "shop-line-units-left": Scene(SHOP, StubApi.wait_while_units_are_left, _sees("1st")),
    "shop-line-full": Scene(SHOP, StubApi.refuse_to_let_join, waiting_scenes.joins("The waiting list is full")),
    "shop-line-offered": Scene(SHOP, StubApi.wait_and_get_an_offer, _sees("Handed over to you from the waiting list")),
    "shop-line-passed-over": Scene(SHOP, StubApi.wait_and_be_passed_over, _sees("Your turn was passed over")),
    "shop-line-left": Scene(SHOP, StubApi.wait, waiting_scenes.leaves),
    "shop-line-lapsed": Scene(SHOP, StubApi.lapse_when_sold_out, _sees("It is sold out now")),
    "shop-stale": Scene(SHOP, _loses_connection, _is_told("Connection")),
    "shop-offline": Scene(SHOP, StubApi.hold, _goes_offline),
    "shop-missing-part": Scene(SHOP, StubApi.lose_history, _opens_the_history),
    "holds": Scene(HOLDS, StubApi.hold, _sees("Time is running out")),
    "holds-empty": Scene(HOLDS, _nothing, _sees("No holds")),
    "holds-expired": Scene(HOLDS, StubApi.let_lapse, _sees("Expired. You have not been charged")),
    "holds-pay": Scene(HOLDS, StubApi.hold, _presses("Pay", "Pay with")),
    "holds-declined": Scene(HOLDS, StubApi.hold, _declined),
    "holds-paid": Scene(HOLDS, StubApi.hold, _pays_and_sees("Payment complete")),
    "holds-paid-late": Scene(HOLDS, StubApi.take_payments_late, _pays_and_sees("Your hold had expired")),
    "holds-refund": Scene(HOLDS, StubApi.refund, _pays_and_sees("You will be refunded")),
    "holds-pay-unanswered": Scene(HOLDS, StubApi.lose_payments, _pays_and_sees("The shop did not answer")),
    "holds-extended": Scene(HOLDS, StubApi.hold, _extends),
    "holds-too-late": Scene(HOLDS, StubApi.hold_briefly, _presses("Pay", "The hold has expired")),
    "holds-cancel": Scene(HOLDS, StubApi.hold, _presses("Cancel hold", "This cannot be undone")),
    "history": Scene(HISTORY, StubApi.have_history, _sees("Cancelled")),
    "history-timeline": Scene(HISTORY, StubApi.have_history, _opens_timelines),
    "history-empty": Scene(HISTORY, _nothing, _sees("No reservations yet")),
    "history-filtered-empty": Scene(
        "/?view=history&status=EXPIRED", StubApi.hold, _sees("No reservations with this status")
    ),
    "desk-sign-in": Scene(DESK, _nothing, _sees("make admin-token")),
    "desk": Scene(DESK, _signed_in, _watches_the_sale),
    "desk-restock": Scene(DESK, _signed_in, _presses("Restock iPhone", "Put on sale")),
    "desk-settings": Scene(DESK, _signed_in, _presses("Settings of iPhone", "Units per shopper")),
    "desk-pause": Scene(DESK, _signed_in, _presses("Pause the sale of iPhone", "Nobody can reserve it")),
    "desk-holds": Scene(FOUND_HOLDS, _signed_in, _sees("Ended")),
    "desk-holds-none": Scene("/desk?view=holds", _signed_in, _sees("Nothing searched yet")),
    "desk-release": Scene(FOUND_HOLDS, _signed_in, _presses("Release", "journalled")),
    "desk-refunds": Scene("/desk?view=refunds", _signed_in, _sees("Mark as dealt with")),
    "desk-settled": Scene("/desk?view=refunds&status=settled", _signed_in, _sees("by grace")),
    "desk-changes": Scene("/desk?view=changes", _signed_in, _sees("Added 100 units")),
}


# Mirrored, as for a language that is written from right to left.
SCENES |= {
    f"{name}-right-to-left": replace(SCENES[name], right_to_left=True)
    for name in ("shop-every-stock", "shop-holding", "holds-pay", "history-timeline")
}

# An operating system's theme of high contrast, and 400 % zoom, in the views that have controls.
SCENES |= {
    f"{name}-{setting}": replace(SCENES[name], **{option: True})
    for name in (
        "shop-every-stock",
        "shop-holding",
        "shop-limit-refused",
        "shop-line-joined",
        "shop-search",
        "product",
        "holds",
        "holds-pay",
        "history-timeline",
        "desk",
        "desk-settings",
    )
    for setting, option in (("forced-colours", "forced_colors"), ("zoomed", "zoomed"))
}


def open_scene(page: Page, name: str) -> None:
    """Open a scene and wait until its actions are done."""
    scene = SCENES[name]
    if scene.forced_colors:
        page.emulate_media(forced_colors="active")
    if scene.zoomed:
        page.set_viewport_size(ZOOMED)
    if scene.right_to_left:
        page.add_init_script(RIGHT_TO_LEFT)
    stub_api = StubApi(page)
    scene.arrange(stub_api)
    stub_api.open(scene.address)
    scene.act(page)
    page.evaluate("document.fonts.ready")
    wait_for_animations(page)


def wait_for_animations(page: Page) -> None:
    """Wait for the end of all animations that have one."""
    page.evaluate("""() => {
      const arrives = ({effect}) => effect.getComputedTiming().endTime < Infinity;
      const moving = document.getAnimations().filter(arrives);
      return Promise.allSettled(moving.map(({finished}) => finished)).then(() => true);
    }""")
