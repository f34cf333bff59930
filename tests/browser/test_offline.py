"""Without a network: the page still opens, shows the holds that it knows, and says that it is offline."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from psycopg import Connection

from tests.browser.shop import IPHONE, Shop, wait_until_ready
from tests.browser.test_holds import assert_countdown_is_right
from tests.waiting import eventually

OFFLINE = re.compile(r"You are offline\. This is what was known at \d\d:\d\d\.")
KEPT = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map(name => caches.open(name)));
  const requests = await Promise.all(caches_.map(cache => cache.keys()));
  return requests.flat().map(({url}) => new URL(url).pathname);
}"""
"""The paths of all that the browser keeps."""


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Allow the service worker. The other tests block it, because their routes do not see what it answers."""
    return {**browser_context_args, "service_workers": "allow"}


def wait_for_worker(page: Page) -> None:
    """Wait until the service worker has its copy of the page and controls it."""
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    eventually(lambda: page.evaluate("navigator.serviceWorker.controller !== null"), within=30)


def test_the_page_opens_offline_with_the_known_holds(shop: Shop, rows: Connection, context: BrowserContext) -> None:
    shop.reserve(IPHONE)
    expect(shop.left(IPHONE)).to_contain_text("9 of 10")
    wait_for_worker(shop.page)
    banner = shop.page.get_by_role("complementary", name="Connection")
    context.set_offline(True)
    expect(banner).to_have_text(OFFLINE)
    shop.page.reload()
    wait_until_ready(shop.page)
    expect(banner).to_have_text(OFFLINE)
    expect(shop.page.get_by_text("Offline", exact=True)).to_be_visible()
    assert_countdown_is_right(shop, IPHONE, rows)
    expect(shop.page.get_by_role("heading", name="The shop cannot be reached")).to_be_visible()
    shop.go_to("History")
    expect(shop.history).to_have_text([re.compile("iPhone.*Held", re.DOTALL)])
    shop.go_to("Shop")
    context.set_offline(False)
    expect(shop.left(IPHONE)).to_contain_text("9 of 10", timeout=40_000)
    expect(shop.page.get_by_text("Live", exact=True)).to_be_visible()
    expect(banner).to_have_count(0)


def test_no_reply_of_the_api_is_kept(shop: Shop) -> None:
    shop.reserve(IPHONE)
    wait_for_worker(shop.page)
    shop.page.reload()
    for _ in range(3):
        with shop.page.expect_response("**/api/products"):
            pass
    kept = shop.page.evaluate(KEPT)
    assert "/index.html" in kept
    assert [path for path in kept if not re.match(r"/(index\.html|favicon\.svg|assets/.*)$", path)] == []


def test_the_desk_is_not_replaced_by_the_copy(shop: Shop, context: BrowserContext) -> None:
    wait_for_worker(shop.page)
    shop.page.goto("/desk")
    expect(shop.page.get_by_label("Admin token")).to_be_visible()
    context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        shop.page.goto("/desk")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Log nothing."""


@contextmanager
def served(directory: Path) -> Iterator[str]:
    """Serve a folder. Yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=directory))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def deploy_next(directory: Path) -> None:
    """Replace a build by one in which each script has another name."""
    scripts = list((directory / "assets").glob("*.js"))
    for file in [*scripts, directory / "index.html", directory / "sw.js"]:
        text = file.read_text()
        for script in scripts:
            text = text.replace(script.name, f"next-{script.name}")
        file.write_text(re.sub(r"(index\.html[`\"'],\s*revision:\s*[`\"'])\w{64}", r"\1next", text))
    for script in scripts:
        script.rename(script.with_name(f"next-{script.name}"))


def is_next(path: str) -> bool:
    """Return whether a script is one of the next build."""
    return path.startswith("/assets/next-")


def test_a_new_deployment_replaces_the_copy(page: Page, frontend: Path, tmp_path: Path) -> None:
    build = shutil.copytree(frontend / "dist", tmp_path / "dist")
    product = '[{"id": "1", "name": "P", "price": 1, "availableStock": 1, "totalStock": 1, "holdSeconds": 60}]'
    with served(build) as address:
        page.route("**/api/products", lambda route: route.fulfill(body=product, content_type="application/json"))
        page.goto(address)
        wait_for_worker(page)
        deploy_next(build)
        page.reload()
        wait_until_ready(page)
        scripts = "performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname)"
        loaded = [path for path in page.evaluate(scripts) if path.endswith(".js")]
        assert loaded
        assert all(map(is_next, loaded))
        eventually(lambda: all(map(is_next, kept_scripts(page))), within=30)
    page.reload()
    wait_until_ready(page)
    assert kept_scripts(page) != []


def kept_scripts(page: Page) -> list[str]:
    """Return the paths of the scripts that the browser keeps."""
    return [path for path in page.evaluate(KEPT) if path.endswith(".js")]
