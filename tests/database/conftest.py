"""A database of the first version, and an event bus that remembers."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from psycopg import Connection, sql

from chalicelib.aws import event_bus
from chalicelib.db import connection as database
from chalicelib.db.connection import Database
from chalicelib.jobs.publish import publish
from tests.buses import PATIENT, RememberingBus, settle
from tests.clocks import advance as advance
from tests.clocks import advance_stopped as advance_stopped
from tests.database.first_version import apply_first, fill
from tests.databases import drop, named
from tests.factories import product


@pytest.fixture
def product_id(connection: Connection) -> UUID:
    """Put a product on sale before there is a bus."""
    return product(connection, 100)


@pytest.fixture
def bus(
    connection: Connection, environment: Database, product_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> RememberingBus:
    """Have a bus to which nothing has been sent yet, ten events at once; what happens from now on will be."""
    del product_id
    monkeypatch.setattr(event_bus, "SENT_AT_ONCE", 10)
    settle(connection)
    bus = RememberingBus()
    assert publish(environment, bus, PATIENT) == 0
    return bus


@pytest.fixture
def old_url(postgres: str, administrator: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give a database of the first version with thousands of reservations, a quarter in each status."""
    identifier = sql.Identifier(name := f"old_{uuid4().hex}")
    administrator.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
    with database.connect(named(postgres, name)) as connection:
        apply_first(connection, 1, monkeypatch)
        fill(connection)
    yield named(postgres, name)
    drop(administrator, name)
