"""Behind a transaction pooler, PgBouncer in the place of RDS Proxy: few server connections serve many environments."""

import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict

from chalicelib.db import connection as database
from chalicelib.db import products, reservations
from chalicelib.db.connection import Database
from chalicelib.db.payments import Payment, settle
from chalicelib.db.reservations import Page, ReservePolicy
from chalicelib.errors import (
    ExtensionLimit,
    FlashSaleError,
    InStock,
    InsufficientStock,
    LimitExceeded,
    NotActive,
    NotWaiting,
)
from chalicelib.jobs.audit import audit
from chalicelib.jobs.measure import measure
from chalicelib.jobs.publish import publish
from chalicelib.jobs.purge import purge
from chalicelib.jobs.sweep import sweep
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.extend import extend
from chalicelib.lifecycle.reserve import reserve
from chalicelib.waiting_list.leave import leave
from infra.local.ports import free_port
from infra.local.postgres_user import own, run_as
from tests.buses import PATIENT, RememberingBus
from tests.factories import lapsed, let_nearly_lapse, product, request
from tests.lines import join
from tests.soaking import Effort
from tests.statements import Statements

ENVIRONMENTS, SERVER_CONNECTIONS, ROUNDS = 24, 4, 6
POLICY = ReservePolicy(hold_seconds=120, max_extensions=1)
# What the API answers with 409.
REFUSALS = (InsufficientStock, LimitExceeded, ExtensionLimit, NotActive, InStock, NotWaiting)


@pytest.fixture
def pooler(database_url: str) -> Iterator[str]:
    """Run PgBouncer in transaction mode before the test's database; the URL through it."""
    program = shutil.which("pgbouncer")
    assert program, "PgBouncer is needed for this test: `apt-get install pgbouncer`, or `brew install pgbouncer`."
    server = conninfo_to_dict(database_url)
    port = free_port()
    with TemporaryDirectory(prefix="flash-sale-pooler-") as folder:
        settings = Path(folder, "pgbouncer.ini")
        settings.write_text(f"""
[databases]
sale = host={server["host"]} port={server["port"]} dbname={server["dbname"]} user={server["user"]} \
password={server.get("password", "")}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {SERVER_CONNECTIONS}
max_client_conn = 100
""")
        own(Path(folder))
        own(settings)
        with subprocess.Popen([program, "-q", settings], **run_as()) as process:
            url = f"postgresql://shop@127.0.0.1:{port}/sale"
            _wait_for(url)
            yield url
            process.terminate()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            database.connect(url).close()
        except psycopg.OperationalError:
            assert time.monotonic() < deadline
        else:
            return


@pytest.mark.soak("R22")
@pytest.mark.timeout(3_600)
def test_many_environments_share_few_connections_and_get_only_answers(
    pooler: str, connection: Connection, effort: Effort
) -> None:
    rounds = effort(ROUNDS, 1_000)
    product_id = product(connection, 10 * rounds)
    connection.execute("UPDATE products SET max_per_shopper = 3 WHERE id = %s", [product_id])

    def shop_on(_: int) -> Counter[str]:
        environment = Database(pooler, prepare_threshold=None)
        seen: Counter[str] = Counter()
        for _ in range(rounds):
            for step in _steps(product_id):
                seen[_outcome(environment, step)] += 1
        environment.close()
        return seen

    with ThreadPoolExecutor(ENVIRONMENTS) as threads:
        seen = sum(threads.map(shop_on, range(ENVIRONMENTS)), Counter())
    assert seen.keys() == {"done", "refused"}
    (used,) = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'flash-sale'"
    ).fetchone() or (0,)
    assert used <= SERVER_CONNECTIONS + 1  # and the test's own
    effort.done(f"{ENVIRONMENTS} environments on {SERVER_CONNECTIONS} connections: {dict(seen)}")


def _steps(product_id: UUID) -> list[Callable[[Database], object]]:
    """Return what one shopper does: reserve, extend, pay, reserve too much, list, look at the products, and wait."""
    shopper = uuid4()
    asked = request(product_id, 1, shopper_id=shopper, key=str(shopper))

    def buy(environment: Database) -> object:
        hold = environment.run(reserve, asked, POLICY).reservation
        environment.run(let_nearly_lapse, hold.id)
        environment.run(extend, hold.id, shopper)
        return environment.run(settle, Payment(str(hold.id), hold.id, shopper, hold.unit_price), 120)

    def give_back(environment: Database) -> object:
        hold = environment.run(reserve, request(product_id, 2, shopper_id=shopper), POLICY).reservation
        return environment.run(cancel, hold.id, shopper)

    def wait_in_line(environment: Database) -> object:
        return environment.run(leave, environment.run(join, product_id, shopper).id, shopper)

    return [
        buy,
        give_back,
        lambda environment: environment.run(reserve, request(product_id, 4, shopper_id=shopper), POLICY),
        lambda environment: environment.run(reservations.list_page, shopper, Page(10)),
        lambda environment: environment.run(products.list_for_sale),
        wait_in_line,
    ]


def _outcome(environment: Database, step: Callable[[Database], object]) -> str:
    try:
        step(environment)
    except REFUSALS:
        return "refused"
    except FlashSaleError as error:
        return type(error).__name__
    return "done"


def test_nothing_that_is_sent_would_pin_a_proxys_connection(
    connection: Connection, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    product_id = product(connection, ROUNDS - 1)
    lapsed(connection, product_id)
    statements = Statements()
    monkeypatch.setattr(database, "connect", statements.noting(database.connect))
    environment = Database(statements.logging(database_url), prepare_threshold=None)
    outcomes = [_outcome(environment, step) for _ in range(ROUNDS) for step in _steps(product_id)]
    assert {*outcomes} == {"done", "refused"}
    assert outcomes[-1] == "done"  # the list is joined and left, once everything is sold
    for job in (sweep, purge, audit):
        job(environment)
    measure(environment, interval_seconds=10)
    publish(environment, RememberingBus(), PATIENT)
    environment.close()
    assert len(statements.sent) > ROUNDS
    assert statements.pinning == []
