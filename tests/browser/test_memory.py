"""An hour of polling, made short: clock and timers run a hundred times as fast, a hold burning all the while."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from chalicelib.catalog.sample_data import PRODUCTS
from tests.browser.pretended import SHOPPER
from tests.browser.samples import instant, product, reservation

LEG = 400
LEGS = 3
LOOKS = 3
COLLECTIONS = 3
"""What the page and the script hold of each other takes more than one to be found free."""
MOST_GROWTH = 0.05
KEPT_OF_A_POLL = 0.5
"""Most objects that may be left of each poll: what keeps one of every poll is found, however small it is."""
DAY = 86_400

# The stock changes at every poll, so that there is something to draw. After each leg the page rests until it is told
# to go on, so that nothing is under way while memory is measured.
FASTER = """
{
  const SPEED = 100;
  const now = Date.now;
  const began = now();
  Date.now = () => began + (now() - began) * SPEED;
  for (const name of ['setTimeout', 'setInterval']) {
    const real = window[name];
    window[name] = (run, pause = 0, ...given) => real(run, pause / SPEED, ...given);
  }
  const patience = AbortSignal.timeout;
  AbortSignal.timeout = (pause) => patience.call(AbortSignal, Math.ceil(pause / SPEED));
  localStorage.setItem('ember.shopper', JSON.stringify(SHOPPER));
  let polls = 0;
  const products = async () => {
    polls += 1;
    if (polls % LEG === 0) await new Promise((resolve) => { window.goOn = resolve; console.info(`${polls} polls`); });
    const [first, ...others] = PRODUCTS;
    return [{...first, availableStock: 1 + polls % first.totalStock}, ...others];
  };
  window.fetch = async ({url}) => {
    const known = url.endsWith('/api/products') ? await products() : HOLDS;
    return Response.json(known, {headers: {'X-Server-Time': new Date(Date.now()).toISOString()}});
  };
}
"""


def faster() -> str:
    """Write the script with a day-long hold in it."""
    known = {
        "SHOPPER": {**SHOPPER, "expiresAt": instant(10 * DAY)},
        "PRODUCTS": [product(position) for position in range(len(PRODUCTS))],
        "HOLDS": [reservation(1, 0, DAY)],
        "LEG": LEG,
    }
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items()) + FASTER


def objects(session: CDPSession) -> int:
    """Count the objects that the page's script can reach."""
    prototype = session.send("Runtime.evaluate", {"expression": "Object.prototype"})["result"]["objectId"]
    found = session.send("Runtime.queryObjects", {"prototypeObjectId": prototype, "objectGroup": "counted"})
    count = {"functionDeclaration": "function () { return this.length; }", "returnByValue": True}
    answer = session.send("Runtime.callFunctionOn", {**count, "objectId": found["objects"]["objectId"]})
    session.send("Runtime.releaseObjectGroup", {"objectGroup": "counted"})
    return int(answer["result"]["value"])


def heap(session: CDPSession) -> float:
    """Return how much JavaScript memory is in use once the garbage is gone: the least of a few looks, in bytes."""
    return min(_look(session) for _ in range(LOOKS))


def _look(session: CDPSession) -> float:
    for _ in range(COLLECTIONS):
        session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "JSHeapUsedSize"))


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """A small window at rest: what is drawn is not what is measured."""
    return {**browser_context_args, "viewport": {"width": 480, "height": 400}, "reduced_motion": "reduce"}


def rests_after(page: Page, polls: int, go_on: Callable[[], object]) -> None:
    """Go on until the page says that it rests: asking it again and again would itself fill its memory."""
    with page.expect_console_message(lambda message: message.text == f"{polls} polls", timeout=60_000):
        go_on()


@pytest.mark.timeout(240)
def test_an_hour_of_polling_leaks_no_memory(
    page: Page, context: BrowserContext, record_property: Callable[[str, object], None]
) -> None:
    page.add_init_script(faster())
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    heaps, counts = [], []
    for leg in range(1, LEGS + 1):
        rests_after(page, leg * LEG, lambda: page.evaluate("goOn()") if heaps else page.goto("/"))
        heaps.append(heap(session))
        counts.append(objects(session))
    record_property("heap after each leg, bytes", heaps)
    record_property("objects after each leg", counts)
    expect(page.get_by_role("complementary", name="Next hold to lapse")).to_be_visible()
    assert heaps[-1] < heaps[0] * (1 + MOST_GROWTH)
    assert counts[-1] - counts[0] < KEPT_OF_A_POLL * LEG * (LEGS - 1)
