"""Take the pictures of `make watch` and of a report in docs/: `make screenshots`.

A small sale is made for them by one process with the real handler: shoppers come in groups and are served in any order
within their group; some pay, some cancel, and some let their hold lapse.
"""

import argparse
import base64
import json
import random
import sys
import time
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright
from psycopg import Connection, sql

from chalicelib.db import connection as database
from chalicelib.db import migrations
from chalicelib.db.connection import Database
from chalicelib.jobs.sweep import sweep
from infra.operate import report, watch
from infra.operate.signals import LogSignals
from infra.operate.stage import Stage
from infra.paths import ROOT
from tests.browser.browsers import CHROMIUM, FLAGS
from tests.conftest import server
from tests.databases import named
from tests.http.gateway import event
from tests.http.serving import serving
from tests.http.shop import Shop, opened
from tests.logs import logged

PICTURES = ROOT / "docs" / "screenshots"
PRODUCTS = [("Flash lamp", 120, 260), ("Running shoes", 80, 60), ("Coffee mill", 200, 90)]  # name, units, requests
HOLD_SECONDS = 2
GROUP = 12  # requests that are under way at a time
QUALITY = 82
WIDTH, HEIGHT = 1000, 1400


def take_all() -> None:
    """Make a sale on a database of its own, and take both pictures."""
    with server() as url, database.connect(url) as administrator:
        administrator.execute(sql.SQL("CREATE DATABASE pictures"))
        url = named(url, "pictures")
        with database.connect(url) as connection:
            migrations.apply(connection)
            with opened(url) as shop, serving() as served:
                _take(shop, Stage(served.url, shop.as_admin("ada").token or "", is_here=True), connection, url)


def _take(shop: Shop, api: Stage, connection: Connection, url: str) -> None:
    lines = _sell(shop, url)
    connection.execute("ANALYZE")
    waiting = list(lines)
    source = LogSignals(api, lambda: [waiting.pop(0) for _ in list(waiting)])
    given = argparse.Namespace(every=2.0, once=True, svg=PICTURES / "watch.svg")
    watch.watch(api, source, "flash-sale here", given)
    with TemporaryDirectory() as directory:
        asked = argparse.Namespace(product="Flash lamp", since="", until="", output=Path(directory))
        report.report(api, lambda _since, _until: lines, asked)
        _photograph(Path(directory) / "flash-lamp.html", PICTURES / "report.webp")


def _sell(shop: Shop, url: str) -> list[str]:
    """Make the sale; return what was logged."""
    chance = random.Random(7)
    ids = [_create(shop, name, units) for name, units, _ in PRODUCTS]
    asked = [product for product, (_, _, requests) in zip(ids, PRODUCTS, strict=True) for _ in range(requests)]
    chance.shuffle(asked)
    own = Database(url)
    with logged() as lines:
        for group in batched(asked, GROUP, strict=False):
            arrived = [(product_id, int(time.time() * 1000) + place) for place, product_id in enumerate(group)]
            chance.shuffle(arrived)
            for product_id, at in arrived:
                _shop(shop.as_shopper(), product_id, at, chance)
        time.sleep(HOLD_SECONDS + 1)
        sweep(own)
        for product_id in ids[1:]:
            for _ in range(9):
                _shop(shop.as_shopper(), product_id, int(time.time() * 1000), random.Random(1))
    own.close()
    return lines.text.splitlines()


def _create(shop: Shop, name: str, units: int) -> str:
    body = {"name": name, "price": 49, "totalStock": units, "holdSeconds": HOLD_SECONDS, "maxPerShopper": 2}
    return str(shop.as_admin("ada").post("/admin/products", body).json["id"])


def _shop(shopper: Shop, product_id: str, arrived_ms: int, chance: random.Random) -> None:
    """Reserve one to three units, and pay in six cases of ten, cancel in one, abandon in three."""
    body = json.dumps({"productId": product_id, "quantity": chance.choice([1, 1, 1, 1, 1, 2, 3])})
    request = event("POST", "/reservations", body=body, headers={"Content-Type": "application/json"})
    request["requestContext"]["requestTimeEpoch"] = arrived_ms
    reply = shopper.send(request)
    ending = chance.choice(["complete"] * 6 + ["cancel"] + [""] * 3)
    if reply.status == 201 and ending:
        shopper.post(f"/reservations/{reply.json['id']}/{ending}")


def _photograph(page_file: Path, picture: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(page_file.as_uri())
        height = page.evaluate("document.documentElement.scrollHeight")
        session = page.context.new_cdp_session(page)
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1}
        shown = session.send(
            "Page.captureScreenshot",
            {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True},
        )
        picture.write_bytes(base64.b64decode(shown["data"]))
        browser.close()


if __name__ == "__main__":
    sys.exit(take_all())
