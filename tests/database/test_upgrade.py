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
from psycopg import Connection, sql

from chalicelib.db import connection as database
from chalicelib.db import migrations
from tests.conftest import assert_balanced, named
from tests.database import version_before
from tests.http.shop import Shop, opened

PRODUCTS, SLOTS, RESERVATIONS = 5, 4, 4_000
ROUNDS_AFTERWARDS = 3


@pytest.fixture
def old_url(postgres: str, administrator: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give a database of the first version with thousands of reservations, a quarter in each status."""
    identifier = sql.Identifier(name := f"old_{uuid4().hex}")
    administrator.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
    with database.connect(named(postgres, name)) as connection:
        apply_first(connection, 1, monkeypatch)
        fill(connection)
    yield named(postgres, name)
    administrator.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


def apply_first(connection: Connection, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Apply only the first so many migrations, and no functions."""
    files = migrations._files()[:count]
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_files", lambda: files)
        patch.setattr(migrations, "install", lambda _: None)
        migrations.apply(connection)


def fill(connection: Connection) -> None:
    """Sell a lot, as the first version did."""
    connection.execute("SET statement_timeout = 0")
    connection.execute(
        "INSERT INTO products (name, price) SELECT 'P' || n, 10 FROM generate_series(1, %s) n", [PRODUCTS]
    )
    connection.execute(
        "INSERT INTO stock SELECT id, slot, 100000, 100000 FROM products, generate_series(0, %s) slot", [SLOTS - 1]
    )
    connection.execute(
        """
        INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, status, created_at, expires_at,
                                  ended_at, ended_by)
        SELECT ids[1 + n %% %(products)s], n / 4 %% %(slots)s, gen_random_uuid(), 1, 10,
               (enum_range(NULL::reservation_status))[1 + n %% 4], start.at, start.at + interval '1 hour',
               CASE n %% 4 WHEN 0 THEN NULL WHEN 3 THEN start.at + interval '1 hour' ELSE start.at END,
               CASE n %% 4 WHEN 0 THEN NULL WHEN 3 THEN 'sweep' ELSE 'shopper' END
        FROM generate_series(1, %(reservations)s) AS n,
             (SELECT array_agg(id) AS ids FROM products) AS products,
             (SELECT instant_now() - interval '2 hours' AS at) AS start
        """,
        {"products": PRODUCTS, "slots": SLOTS, "reservations": RESERVATIONS},
    )
    connection.execute("""
        UPDATE stock SET available = total - kept.units
        FROM (SELECT product_id, slot, count(*) AS units FROM reservations
              WHERE status IN ('ACTIVE', 'COMPLETED') GROUP BY 1, 2) AS kept
        WHERE kept.product_id = stock.product_id AND kept.slot = stock.slot
    """)


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
