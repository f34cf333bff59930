"""PostgreSQL is killed while shoppers reserve and pay: what was acknowledged is there, and no unit is lost.

The control: with `synchronous_commit = off` the server acknowledges what it has not written yet. Some of it is lost.
"""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event
from uuid import UUID, uuid4

import pytest

from chalicelib.db import connection as database
from chalicelib.db.connection import Database
from chalicelib.errors import Busy, NotFound
from chalicelib.identity.shoppers import ANONYMOUS
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.complete import complete
from infra.local.postgres import Postgres
from infra.local.processes import working_in
from tests.factories import available, let_lapse, product, request, reserve
from tests.soaking import Effort
from tests.waiting import eventually

SHOPPERS = 8
ACKNOWLEDGED_BEFORE_THE_KILL = 200
UNITS = 1_000_000
LAZY = ("synchronous_commit = off", "wal_writer_delay = '10s'", "wal_writer_flush_after = '1GB'")


@dataclass
class Sale:
    """Reservations that were acknowledged, with the status that was."""

    product_id: UUID
    acknowledged: dict[UUID, str] = field(default_factory=dict)
    over: Event = field(default_factory=Event)

    def shop(self, url: str) -> None:
        """Reserve and pay for every other reservation, until the sale is over."""
        with closing(Database(url)) as own:
            while not self.over.is_set():
                with suppress(Busy, NotFound):  # not found: what `lost` returns
                    self._reserve_and_pay(own)

    def _reserve_and_pay(self, own: Database) -> None:
        hold = own.run(reserve, request(self.product_id, key=str(uuid4()))).id
        self.acknowledged[hold] = "ACTIVE"
        if len(self.acknowledged) % 2:
            own.run(complete, hold, ANONYMOUS)
            self.acknowledged[hold] = "COMPLETED"

    def lost(self, server: Postgres) -> list[UUID]:
        """Return what was acknowledged and is not there, or was paid for and is not sold."""
        with database.connect(server.url) as connection:
            there = dict(connection.execute("SELECT id, status::text FROM reservations").fetchall())
        return [one for one, status in self.acknowledged.items() if there.get(one) not in (status, "COMPLETED")]


def kill(server: Postgres) -> None:
    """Kill the server's main process and all its children at once, and start it again."""
    for pid in working_in(server.data_directory, "postgres"):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    server.restart()


@contextmanager
def selling(server: Postgres) -> Iterator[Sale]:
    """Let shoppers reserve and pay meanwhile."""
    with database.connect(server.url) as connection:
        sale = Sale(product(connection, UNITS))
    with ThreadPoolExecutor(SHOPPERS) as threads:
        shoppers = [threads.submit(sale.shop, server.url) for _ in range(SHOPPERS)]
        try:
            yield sale
        finally:
            sale.over.set()
        for shopper in shoppers:
            shopper.result()


@pytest.mark.soak("R4")
@pytest.mark.timeout(3_600)
def test_nothing_that_was_acknowledged_is_lost_and_no_unit_leaks(own_server: Postgres, effort: Effort) -> None:
    kills = effort(2, 60)
    with selling(own_server) as sale:
        for _ in range(kills):
            enough = len(sale.acknowledged) + ACKNOWLEDGED_BEFORE_THE_KILL
            eventually(lambda enough=enough: len(sale.acknowledged) >= enough, within=60)
            kill(own_server)
    assert sale.lost(own_server) == []
    with database.connect(own_server.url) as connection:
        sold = "SELECT count(*) FROM reservations WHERE status = 'COMPLETED'"
        ((completed,),) = connection.execute(sold).fetchall()
        for (hold,) in connection.execute("SELECT id FROM reservations WHERE status = 'ACTIVE'").fetchall():
            let_lapse(connection, hold)
        environment = Database(own_server.url)
        sweep(environment)
        environment.close()
        assert available(connection, sale.product_id) == UNITS - completed
    effort.done(f"{kills} kills, {len(sale.acknowledged)} reservations acknowledged, none lost")


def test_a_server_that_acknowledges_before_it_writes_loses_some(own_server: Postgres) -> None:
    with database.connect(own_server.url) as connection:
        for setting in LAZY:
            connection.execute(f"ALTER SYSTEM SET {setting}")
    own_server.restart()
    with selling(own_server) as sale:
        eventually(lambda: len(sale.acknowledged) >= ACKNOWLEDGED_BEFORE_THE_KILL, within=60)
        kill(own_server)
    assert sale.lost(own_server)
