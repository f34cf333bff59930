"""An hour of polling, made short: timers run fifty times as fast."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.shop import IPHONE, Shop
from tests.waiting import eventually

POLLS_TO_SETTLE = 600
POLLS = 3000
MOST_GROWTH = 0.05
# After the first answer the stock changes at every poll, so that there is something to draw.
FASTER = """
{
  const real = window.setInterval;
  window.setInterval = (run, pause, ...given) => real(run, pause / 50, ...given);
  const ask = window.fetch;
  let known;
  window.polls = 0;
  window.fetch = async (request, ...given) => {
    if (!request.url.endsWith('/api/products')) return ask(request, ...given);
    window.polls += 1;
    known ??= await (await ask(request, ...given)).json();
    const products = known.map((product) => ({...product, availableStock: window.polls % product.totalStock}));
    return Response.json(products, {headers: {'X-Server-Time': new Date().toISOString()}});
  };
}
"""


def heap(session: CDPSession) -> float:
    """Return how much JavaScript memory is in use after collecting garbage, in bytes."""
    session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "JSHeapUsedSize")


@pytest.mark.timeout(240)
def test_an_hour_of_polling_leaks_no_memory(page: Page, record_property: Callable[[str, object], None]) -> None:
    page.add_init_script(FASTER)
    shop = Shop(page).open()
    shop.reserve(IPHONE)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    eventually(lambda: page.evaluate("window.polls") > POLLS_TO_SETTLE, within=90)
    before = heap(session)
    eventually(lambda: page.evaluate("window.polls") > POLLS_TO_SETTLE + POLLS, within=110)
    after = heap(session)
    record_property("heap growth", f"{before:.0f} -> {after:.0f} bytes")
    assert after < before * (1 + MOST_GROWTH)
