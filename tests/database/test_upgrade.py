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
from tests.http.shop import Shop, opened

PRODUCTS, SLOTS, RESERVATIONS = 20, 4, 100_000
ROUNDS_AFTERWARDS = 20

# What the first version runs to reserve, list and complete; it knows nothing of what has been added since.
FIRST_VERSION_HOLD = """
    WITH free AS MATERIALIZED (
        SELECT slot FROM stock WHERE product_id = %(product_id)s AND available >= 1 LIMIT 1 FOR UPDATE SKIP LOCKED
    ), taken AS (
        UPDATE stock SET available = available - 1 FROM free
        WHERE stock.product_id = %(product_id)s AND stock.slot = free.slot
        RETURNING stock.product_id, stock.slot, instant_now() AS taken_at
    )
    INSERT INTO reservations (product_id, slot, shopper_id, quantity, unit_price, created_at, expires_at)
    SELECT product_id, slot, %(shopper_id)s, 1, 10, taken_at, taken_at + interval '1 hour' FROM taken
    RETURNING id
"""
FIRST_VERSION_COMPLETE = """
    UPDATE reservations SET status = 'COMPLETED', ended_at = instant_now(), ended_by = 'shopper'
    WHERE id = %s AND status = 'ACTIVE'
"""


@pytest.fixture
def old_url(postgres: str, administrator: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give a database of the first version with 100,000 reservations, a quarter in each status."""
    identifier = sql.Identifier(name := f"old_{uuid4().hex}")
    administrator.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
    with database.connect(named(postgres, name)) as connection:
        first, *_ = migrations._files()
        with monkeypatch.context() as patch:
            patch.setattr(migrations, "_files", lambda: [first])
            migrations.apply(connection)
        fill(connection)
    yield named(postgres, name)
    administrator.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


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
                    given = {"product_id": product_id, "shopper_id": uuid4()}
                    own.execute(FIRST_VERSION_COMPLETE, own.execute(FIRST_VERSION_HOLD, given).fetchone())
                    seen["done"] += 1
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


def assert_whole_journal(connection: Connection) -> None:
    """Fail unless every reservation has its beginning and, if it has ended, its end in the journal, each once."""
    connection.execute("SET statement_timeout = 0")
    (wanted,) = connection.execute(
        "SELECT count(*) + count(*) FILTER (WHERE status <> 'ACTIVE') FROM reservations"
    ).fetchone() or (None,)
    told = connection.execute(
        "SELECT count(*), count(DISTINCT (reservation_id, event)) FROM journal WHERE reservation_id IS NOT NULL"
    ).fetchone()
    assert told == (wanted, wanted)
    assert wanted >= RESERVATIONS
