"""Every view in every state, set up without a server: what the pictures in docs/ show and what axe looks at."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.pretended import Pretended
from tests.browser.shop import be_drawn


@dataclass(frozen=True)
class Scene:
    """A view, what the pretended server knows, and what the shopper does to get there."""

    address: str
    arrange: Callable[[Pretended], object]
    act: Callable[[Page], object]


def _nothing(_: object) -> None:
    """The sample as it is."""


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


def _limit_bought(pretended: Pretended) -> None:
    pretended.limit(holds=False)


def _limit_held(pretended: Pretended) -> None:
    pretended.limit(holds=True)


def _loses_connection(pretended: Pretended) -> None:
    pretended.fail_after(1)


SHOP, HOLDS, HISTORY = "/", "/?view=holds", "/?view=history"

SCENES = {
    "shop": Scene(SHOP, _nothing, _sees("units left")),
    "shop-loading": Scene(SHOP, Pretended.be_silent, lambda page: expect(page.get_by_label("Loading")).to_be_visible()),
    "shop-error": Scene(SHOP, Pretended.fail, _sees("The shop cannot be reached")),
    "shop-empty": Scene(SHOP, Pretended.sell_nothing, _sees("Nothing on sale yet")),
    "shop-filtered-empty": Scene("/?show=low", _nothing, _sees("No product matches this filter")),
    "shop-every-stock": Scene(SHOP, Pretended.sell_in_every_state, _sees("Opens in")),
    "shop-sold-out": Scene(SHOP, Pretended.sell_out, _sees("Next unit may be released in")),
    "shop-refused": Scene(SHOP, Pretended.refuse, _presses_reserve("Just sold out")),
    "shop-limit-held": Scene(SHOP, _limit_held, _presses_reserve("You already hold this product")),
    "shop-limit-bought": Scene(SHOP, _limit_bought, _presses_reserve("You have bought 2 of 2")),
    "shop-too-many-holds": Scene(SHOP, Pretended.hold_too_many, _presses_reserve("You have 5 holds")),
    "shop-cooling-down": Scene(SHOP, Pretended.need_a_break, _presses_reserve("You can reserve it again in")),
    "shop-admission": Scene(SHOP, Pretended.admit_few, _is_told("Admission")),
    "shop-holding": Scene(SHOP, Pretended.hold, _holds_one),
    "shop-stale": Scene(SHOP, _loses_connection, _is_told("Connection")),
    "holds": Scene(HOLDS, Pretended.hold, _sees("Time is running out")),
    "holds-empty": Scene(HOLDS, _nothing, _sees("No holds")),
    "holds-expired": Scene(HOLDS, Pretended.let_lapse, _sees("Expired. You have not been charged")),
    "holds-pay": Scene(HOLDS, Pretended.hold, _presses("Pay", "Pay with")),
    "holds-declined": Scene(HOLDS, Pretended.hold, _declined),
    "holds-paid": Scene(HOLDS, Pretended.hold, _pays_and_sees("Payment complete")),
    "holds-paid-late": Scene(HOLDS, Pretended.take_payments_late, _pays_and_sees("Your hold had expired")),
    "holds-refund": Scene(HOLDS, Pretended.refund, _pays_and_sees("You will be refunded")),
    "holds-pay-unanswered": Scene(HOLDS, Pretended.lose_payments, _pays_and_sees("The shop did not answer")),
    "holds-extended": Scene(HOLDS, Pretended.hold, _extends),
    "holds-too-late": Scene(HOLDS, Pretended.hold_briefly, _presses("Pay", "The hold has expired")),
    "holds-cancel": Scene(HOLDS, Pretended.hold, _presses("Cancel hold", "This cannot be undone")),
    "history": Scene(HISTORY, Pretended.have_history, _sees("Cancelled")),
    "history-timeline": Scene(HISTORY, Pretended.have_history, _opens_timelines),
    "history-empty": Scene(HISTORY, _nothing, _sees("No reservations yet")),
    "history-filtered-empty": Scene(
        "/?view=history&status=EXPIRED", Pretended.hold, _sees("No reservations with this status")
    ),
}


def enter(page: Page, name: str) -> None:
    """Open a scene and wait until it is as described."""
    scene = SCENES[name]
    pretended = Pretended(page)
    scene.arrange(pretended)
    pretended.open(scene.address)
    be_drawn(page)
    scene.act(page)
    page.evaluate("document.fonts.ready")
    come_to_rest(page)


def come_to_rest(page: Page) -> None:
    """Wait until what was set in motion has arrived, but not for what never does."""
    page.evaluate("""() => {
      const arrives = ({effect}) => effect.getComputedTiming().endTime < Infinity;
      const moving = document.getAnimations().filter(arrives);
      return Promise.allSettled(moving.map(({finished}) => finished)).then(() => true);
    }""")
