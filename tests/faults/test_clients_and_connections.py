"""More clients than connections, clients that freeze, and a server that restarts or may not write any more."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from psycopg import Connection, sql
from psycopg.conninfo import make_conninfo

from chalicelib.db import connection as database
from chalicelib.db import roles
from chalicelib.db.connection import Database
from infra.local.postgres import Postgres
from tests.factories import available, product, request, reserve
from tests.faults.answers import BUSY, DONE, REFUSED, one, status
from tests.processes import started
from tests.rivals import DEADLINE_SECONDS, environments_at_once, lock_slots
from tests.soaking import Effort
from tests.waiting import eventually

CLIENTS, CONNECTIONS, UNITS = 500, 100, 300
WARM, PRESSES = 5, 3


@pytest.fixture
def scarce_url(connection: Connection, database_url: str) -> Iterator[str]:
    """Give the database to a role that has only so many connections."""
    roles.ensure_application_role(connection)
    role, password = sql.Identifier(roles.APPLICATION_ROLE), str(uuid4())
    change = sql.SQL("ALTER ROLE {} CONNECTION LIMIT {} PASSWORD {}")
    connection.execute(change.format(role, sql.Literal(CONNECTIONS), sql.Literal(password)))
    yield make_conninfo(database_url, user=roles.APPLICATION_ROLE, password=password)
    connection.execute(sql.SQL("ALTER ROLE {} CONNECTION LIMIT -1 PASSWORD NULL").format(role))


@pytest.mark.soak("R11")
@pytest.mark.timeout(3_600)
def test_five_hundred_clients_of_a_hundred_connections_get_answers(
    connection: Connection, scarce_url: str, effort: Effort
) -> None:
    rounds, answers = effort(1, 30), list[tuple[int, float]]()
    for _ in range(rounds):
        product_id = product(connection, UNITS)
        with ThreadPoolExecutor(CLIENTS) as threads:
            for of_client in threads.map(partial(press, scarce_url, product_id, Barrier(CLIENTS)), range(CLIENTS)):
                answers += of_client
    seen = Counter(answer for answer, _ in answers)
    assert seen.keys() <= {DONE, REFUSED, BUSY}
    assert min(seen[DONE], seen[BUSY]) > 0
    longest = max(seconds for _, seconds in answers)
    effort.done(f"{rounds * CLIENTS} clients, answers {dict(sorted(seen.items()))}, the longest after {longest:.1f} s")


def press(url: str, product_id: UUID, all_have_pressed: Barrier, _: int) -> list[tuple[int, float]]:
    """Reserve a few times, and keep the connection until all have; return each status and its seconds."""
    own, answers = Database(url), []
    for _ in range(PRESSES):
        began = time.monotonic()
        answer = status(own, reserve, request(product_id, shopper_id=uuid4(), key=str(uuid4())))
        answers.append((answer, time.monotonic() - began))
    all_have_pressed.wait(DEADLINE_SECONDS)
    own.close()
    return answers


@pytest.fixture
def short_idle_timeout(database_url: str, effort: Effort) -> int:
    """Let sessions idle in a transaction for half a second, in a soak as long as in production; in milliseconds."""
    milliseconds = 5_000 if effort.is_long else 500
    with database.connect(database_url) as connection:
        change = sql.SQL("ALTER ROLE CURRENT_USER IN DATABASE {} SET idle_in_transaction_session_timeout = {}")
        connection.execute(change.format(sql.Identifier(connection.info.dbname), sql.Literal(milliseconds)))
    return milliseconds


def hold_the_hot_row(url: str, product_id: UUID) -> None:
    """Lock the product's stock in a transaction, and freeze."""
    with database.connect(url) as connection, connection.transaction():
        lock_slots(connection, product_id)
        os.kill(os.getpid(), signal.SIGSTOP)
        one(connection)


def is_idle_in_transaction(connection: Connection) -> bool:
    look = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'"
    return connection.execute(look).rowcount > 0


@pytest.mark.soak("R12")
@pytest.mark.timeout(3_600)
def test_others_go_on_when_a_client_freezes_that_holds_the_hot_row(
    connection: Connection, database_url: str, short_idle_timeout: int, effort: Effort
) -> None:
    times, longest = effort(1, 12), 0.0
    for _ in range(times):
        product_id = product(connection, slots=[20])
        frozen = started(hold_the_hot_row, database_url, product_id)
        eventually(partial(is_idle_in_transaction, connection), within=60)
        began = time.monotonic()
        outcomes = environments_at_once(database_url, [partial(served, product_id=product_id)] * 8)
        longest = max(longest, time.monotonic() - began)
        assert outcomes == [None] * 8
        assert frozen.is_alive()
        os.kill(frozen.pid or 0, signal.SIGKILL)
        frozen.join()
        assert available(connection, product_id) == 12
    effort.done(f"{times} frozen, idle timeout {short_idle_timeout / 1000} s, all others served after {longest:.1f} s")


def served(own: Database, product_id: UUID) -> None:
    """Reserve as a shopper who tries again when told to."""
    asked = request(product_id, shopper_id=uuid4(), key=str(uuid4()))
    while (answer := status(own, reserve, asked)) != DONE:
        assert answer == BUSY


def first_answers(environments: list[Database], asked: Callable[[], object]) -> list[list[int]]:
    """Return what each environment answers to a few reserves, one after the other."""
    return [[status(own, reserve, asked()) for _ in range(PRESSES)] for own in environments]


@pytest.mark.soak("R13")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("fault", ["restart", "read-only"])
def test_a_warm_environment_answers_busy_at_most_once(own_server: Postgres, fault: str, effort: Effort) -> None:
    times = effort(1, 40)
    with database.connect(own_server.url) as connection:
        product_id = product(connection, 1_000_000)
    environments = [Database(own_server.url) for _ in range(WARM)]
    for _ in range(times):
        first_answers(environments, lambda: request(product_id))
        FAULTS[fault](own_server)
        for answers in first_answers(environments, lambda: request(product_id)):
            assert answers[0] in (DONE, BUSY)
            assert answers[1:] == [DONE] * (PRESSES - 1)
    for environment in environments:
        environment.close()
    effort.done(f"{fault}: {times} times, {WARM} environments, at most one 503 each")


def fail_over(server: Postgres) -> None:
    """Let open sessions read only, as on a server that is no longer the primary; new ones may write."""
    with database.connect(server.url) as connection:
        connection.execute("ALTER DATABASE postgres SET default_transaction_read_only = off")
        connection.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        connection.execute("SELECT pg_reload_conf()")
    with database.connect(server.url) as connection:
        connection.execute("ALTER DATABASE postgres SET default_transaction_read_only = off")


FAULTS: dict[str, Callable[[Postgres], object]] = {"restart": Postgres.restart, "read-only": fail_over}
