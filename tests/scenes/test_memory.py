"""Many polls in a short time: the page's clock and timers run a hundred times as fast."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from chalicelib.catalog.sample_data import PRODUCTS
from tests.browser.samples import instant, product, reservation
from tests.browser.stub_api import SHOPPER

LEG = 200
"""Polls between two measurements."""
LEGS = 4
"""The first one warms the page up: it loads what is loaded later."""
MEASUREMENTS = 3
COLLECTIONS = 3
"""Objects that refer to each other across the page and the script need more than one collection."""
MOST_GROWTH = 0.05
KEPT_OF_A_POLL = 0.75
"""Objects that may be left of each poll. A leak of one object a poll is found."""
DAY = 86_400

# The stock changes with each poll, so that the page renders. After LEG polls the page waits until the test continues
# it, so that nothing runs while memory is measured.
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
    """Return the script, with a hold of a day."""
    known = {
        "SHOPPER": {**SHOPPER, "expiresAt": instant(10 * DAY)},
        "PRODUCTS": [product(position) for position in range(len(PRODUCTS))],
        "HOLDS": [reservation(1, 0, DAY)],
        "LEG": LEG,
    }
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items()) + FASTER


def objects(session: CDPSession) -> int:
    """Count the reachable JavaScript objects."""
    prototype = session.send("Runtime.evaluate", {"expression": "Object.prototype"})["result"]["objectId"]
    found = session.send("Runtime.queryObjects", {"prototypeObjectId": prototype, "objectGroup": "counted"})
    count = {"functionDeclaration": "function () { return this.length; }", "returnByValue": True}
    answer = session.send("Runtime.callFunctionOn", {**count, "objectId": found["objects"]["objectId"]})
    session.send("Runtime.releaseObjectGroup", {"objectGroup": "counted"})
    return int(answer["result"]["value"])


def heap(session: CDPSession) -> float:
    """Return the JavaScript memory in use after garbage collection, in bytes: the minimum of a few measurements."""
    return min(_measured(session) for _ in range(MEASUREMENTS))


def _measured(session: CDPSession) -> float:
    for _ in range(COLLECTIONS):
        session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "JSHeapUsedSize"))


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """Use a small window: rendering is not what is measured."""
    return {**browser_context_args, "viewport": {"width": 480, "height": 400}, "reduced_motion": "reduce"}


def continue_until(page: Page, polls: int, go_on: Callable[[], object]) -> None:
    """Continue until the page waits. It sends a console message, because asking it again and again would use memory."""
    with page.expect_console_message(lambda message: message.text == f"{polls} polls", timeout=60_000):
        go_on()


def test_polling_leaks_no_memory(
    page: Page, context: BrowserContext, record_property: Callable[[str, object], None]
) -> None:
    page.add_init_script(faster())
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    heaps, counts = [], []
    for leg in range(1, LEGS + 1):
        continue_until(page, leg * LEG, lambda: page.evaluate("goOn()") if heaps else page.goto("/"))
        heaps.append(heap(session))
        counts.append(objects(session))
    record_property("heap after each leg, bytes", heaps)
    record_property("objects after each leg", counts)
    expect(page.get_by_role("complementary", name="Next hold to lapse")).to_be_visible()
    assert heaps[-1] < heaps[1] * (1 + MOST_GROWTH)
    assert counts[-1] - counts[1] < KEPT_OF_A_POLL * LEG * (LEGS - 2)
