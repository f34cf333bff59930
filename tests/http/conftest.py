"""Shops to send requests to: one of its own for tests that change something, a shared one for refusals."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from psycopg import Connection

from chalicelib.catalog import sample_data
from chalicelib.db import connection as database
from chalicelib.identity import external_identity
from tests.conftest import assert_balanced
from tests.databases import Clones
from tests.http.commanding import admin as admin
from tests.http.commanding import command as command
from tests.http.provider import Clock, Provider, publishing
from tests.http.shop import Shop, opened_as_in_aws


@pytest.fixture
def shop(database_url: str, connection: Connection) -> Iterator[Shop]:
    """Open a shop with the sample products, with anonymous access on."""
    sample_data.load(connection)
    with opened_as_in_aws(database_url) as shop:
        yield shop


@dataclass(frozen=True)
class SharedShop:
    """A shop that all tests of a module share, because none of them changes anything in it.

    It has two holds: one that was made without a token, and one of `owner`, who has a token and waits for more units.
    """

    shop: Shop
    connection: Connection
    reservation_id: str
    owner: Shop
    owners_reservation_id: str
    owners_waiter_id: str

    def contents(self) -> list[Any]:
        """Return every row there is."""
        tables = self.connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [self.connection.execute(f"SELECT t::text FROM {name} AS t ORDER BY 1").fetchall() for (name,) in tables]


@pytest.fixture(scope="module")
def shared_shop(clones: Clones) -> Iterator[SharedShop]:
    """Open a shop with the sample products and two holds and somebody who waits."""
    with clones.clone() as url, database.connect(url) as connection, opened_as_in_aws(url) as shop:
        sample_data.load(connection)
        owner = shop.as_shopper()
        shared_shop = SharedShop(
            shop, connection, shop.reserve()["id"], owner, owner.reserve()["id"], owner.wait()["id"]
        )
        before = shared_shop.contents()
        yield shared_shop
        assert shared_shop.contents() == before
        assert_balanced(connection)


@pytest.fixture
def unchanged_shop(shared_shop: SharedShop) -> Iterator[Shop]:
    """Give a shop in which nothing may have changed after the test, and no message may have been sent."""
    before, messages = shared_shop.contents(), len(shared_shop.shop.queue.sent)
    yield shared_shop.shop
    assert shared_shop.contents() == before
    assert len(shared_shop.shop.queue.sent) == messages


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Run an identity provider."""
    with publishing() as provider:
        yield provider


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Stop the clock by which an identity provider's keys are kept."""
    clock = Clock()
    monkeypatch.setattr(external_identity, "ProviderKeys", partial(external_identity.ProviderKeys, clock=clock))
    return clock


@pytest.fixture
def provider_shop(database_url: str, connection: Connection, provider: Provider, clock: Clock) -> Iterator[Shop]:
    """Open a shop that believes the identity provider."""
    del clock  # stopped before the shop opens
    sample_data.load(connection)
    with opened_as_in_aws(database_url, **provider.settings()) as shop:
        yield shop
