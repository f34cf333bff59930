"""A database of the first version, full of reservations, brought up to date while both versions serve shoppers."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from threading import Event
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import Connection

from chalicelib.db import connection as database
from chalicelib.db import migrations
from tests.conftest import assert_balanced
from tests.database import version_before
from tests.database.first_version import PRODUCTS, RESERVATIONS, apply_first
from tests.http.shop import Shop, opened

pytestmark = pytest.mark.slow

ROUNDS_AFTERWARDS = 3


def shop_with_the_new_version(shop: Shop, product_ids: list[UUID], go_on: Callable[[], bool]) -> Counter[int]:
    """Reserve, list and pay as someone known, again and again; return how often which status came."""
    seen: Counter[int] = Counter()
    while go_on():
        shopper = shop.as_shopper()
        for product_id in product_ids[:2]:
            reply = shopper.post("/reservations", {"productId": str(product_id), "quantity": 1})
            seen[reply.status] += 1
            if reply.status == 201:
                seen[shopper.post(f"/reservations/{reply.json['id']}/complete").status] += 1
        seen[shopper.get("/reservations").status] += 1
        seen[shopper.get("/products").status] += 1
    return seen


def shop_with_the_first_version(url: str, product_ids: list[UUID], go_on: Callable[[], bool]) -> Counter[str]:
    """Reserve and pay with the first version's statements; return how often that went well or had to be put off."""
    seen: Counter[str] = Counter()
    with database.connect(url) as own:
        while go_on():
            for product_id in product_ids:
                try:
                    hold = version_before.hold(own, product_id, uuid4(), hold_seconds=3600)
                    assert hold is not None
                    seen["done"] += version_before.complete(own, hold)
                except psycopg.OperationalError:  # which the service answers with 503
                    seen["busy"] += 1
    return seen


@contextmanager
def traffic(url: str, shop: Shop, product_ids: list[UUID]) -> Iterator[list[Counter[int] | Counter[str]]]:
    """Let shoppers of both versions go on during the block, and some rounds longer; gives what they saw."""
    over, new_one, first_one, seen = Event(), Event(), Event(), []

    def going_on(under_way: Event) -> Callable[[], bool]:
        rounds, rounds_left = count(), iter(range(ROUNDS_AFTERWARDS))

        def go_on() -> bool:
            if next(rounds):
                under_way.set()
            return not over.is_set() or next(rounds_left, None) is not None

        return go_on

    with ThreadPoolExecutor(2) as threads:
        new = threads.submit(shop_with_the_new_version, shop, product_ids, going_on(new_one))
        first = threads.submit(shop_with_the_first_version, url, product_ids, going_on(first_one))
        try:
            assert new_one.wait(30)
            assert first_one.wait(30)
            yield seen
        finally:
            over.set()
        seen += [new.result(60), first.result(60)]


def test_an_upgrade_under_traffic_fails_nobody_but_for_a_moment_of_503(old_url: str) -> None:
    with database.connect(old_url) as connection, opened(old_url) as shop:
        product_ids = [product_id for (product_id,) in connection.execute("SELECT id FROM products")]
        with traffic(old_url, shop, product_ids) as seen:
            applied = migrations.apply(connection)
        by_status, by_the_first_version = seen
        assert len(applied) == len(migrations._files()) - 1
        assert by_status.keys() == {200, 201, 503}
        assert by_the_first_version["done"] >= ROUNDS_AFTERWARDS * PRODUCTS
        assert_balanced(connection)
        assert_whole_journal(connection)


def test_units_restocked_between_two_migrations_are_in_the_journal(
    old_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal begins with the second migration, and the fourth fills in what was before."""
    with database.connect(old_url) as connection:
        (product_id,) = connection.execute("SELECT id FROM products").fetchone() or (None,)
        apply_first(connection, 3, monkeypatch)
        version_before.restock(connection, product_id, 7)
        migrations.apply(connection)
        assert_balanced(connection)


def assert_whole_journal(connection: Connection) -> None:
    """Fail unless every reservation has its beginning and, if it has ended, its end in the journal, each once."""
    connection.execute("SET statement_timeout = 0")
    (expected,) = connection.execute(
        "SELECT count(*) + count(*) FILTER (WHERE status <> 'ACTIVE') FROM reservations"
    ).fetchone() or (None,)
    entries = connection.execute(
        "SELECT count(*), count(DISTINCT (reservation_id, event)) FROM journal_entries WHERE reservation_id IS NOT NULL"
    ).fetchone()
    assert entries == (expected, expected)
    assert expected >= RESERVATIONS
