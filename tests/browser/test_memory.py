"""An hour of polling, made short: timers run fifty times as fast."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.shop import Shop

LEG = 400
LEGS = 4
WARM = 2
"""Legs until the engine has compiled and cached what it will."""
LOOKS = 5
COLLECTIONS = 3
"""What the page and the script hold of each other takes more than one to be found free."""
MOST_GROWTH = 0.05

# After the first answer the stock changes at every poll, so that there is something to draw.
# After each leg the page rests until it is told to go on, so that nothing is under way while memory is measured.
FASTER = """
{
  const real = window.setInterval;
  window.setInterval = (run, pause, ...given) => real(run, pause / 50, ...given);
  const ask = window.fetch;
  let known;
  let polls = 0;
  window.fetch = async (request, ...given) => {
    if (!request.url.endsWith('/api/products')) return ask(request, ...given);
    polls += 1;
    if (polls % LEG === 0) await new Promise((resolve) => { window.goOn = resolve; console.info(`${polls} polls`); });
    known ??= await (await ask(request, ...given)).json();
    const products = known.map((product) => ({...product, availableStock: 1 + polls % product.totalStock}));
    return Response.json(products, {headers: {'X-Server-Time': new Date().toISOString()}});
  };
}
""".replace("LEG", str(LEG))


def rest_after(page: Page, polls: int) -> None:
    """Go on until the page says that it rests: asking it again and again would itself fill its memory."""
    with page.expect_console_message(lambda message: message.text == f"{polls} polls", timeout=100_000):
        page.evaluate("goOn()")


def heap(session: CDPSession) -> float:
    """Return how much JavaScript memory is in use once the garbage is gone: the least of a few looks, in bytes."""
    return min(_look(session) for _ in range(LOOKS))


def _look(session: CDPSession) -> float:
    for _ in range(COLLECTIONS):
        session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "JSHeapUsedSize"))


@pytest.mark.timeout(240)
def test_an_hour_of_polling_leaks_no_memory(page: Page, record_property: Callable[[str, object], None]) -> None:
    page.add_init_script(FASTER)
    with page.expect_console_message(lambda message: message.text == f"{LEG} polls", timeout=100_000):
        Shop(page).open()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    heaps = [heap(session)]
    for leg in range(2, LEGS + 1):
        rest_after(page, leg * LEG)
        heaps.append(heap(session))
    before, after = heaps[WARM - 1], heaps[-1]
    record_property("heap after each leg, bytes", heaps)
    assert after < before * (1 + MOST_GROWTH)
