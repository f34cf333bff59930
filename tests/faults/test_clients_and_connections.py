"""More clients than connections, clients that freeze, and a server that restarts or may not write any more."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from multiprocessing.synchronize import Barrier
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from psycopg import Connection, sql

from chalicelib.db import connection as database
from chalicelib.db import roles
from chalicelib.db.connection import Database
from infra.local.postgres import Postgres
from tests.factories import available, product, request, reserve
from tests.faults.answers import BUSY, CREATED, DONE, REFUSED, one, status
from tests.faults.environments import warm
from tests.processes import SECONDS_TO_END, barrier, side_by_side, started
from tests.rivals import environments_at_once, lock_slots
from tests.soaking import Effort, timed
from tests.waiting import eventually

CLIENTS, PROCESSES, CONNECTIONS, UNITS = 500, 25, 100, 150
WARM, PRESSES, PRESSES_AFTERWARDS = 5, 2, 2


@pytest.fixture
def scarce_url(connection: Connection, database_url: str) -> Iterator[str]:
    """Give the database to a role that has only so many connections."""
    roles.ensure_application_role(connection)
    role, password = sql.Identifier(roles.APPLICATION_ROLE), str(uuid4())
    change = sql.SQL("ALTER ROLE {} CONNECTION LIMIT {} PASSWORD {}")
    connection.execute(change.format(role, sql.Literal(CONNECTIONS), sql.Literal(password)))
    server = urlsplit(database_url)
    account = f"{roles.APPLICATION_ROLE}:{password}@{server.hostname}:{server.port}"
    yield server._replace(netloc=account).geturl()
    connection.execute(sql.SQL("ALTER ROLE {} CONNECTION LIMIT -1 PASSWORD NULL").format(role))


@pytest.mark.soak("R11")
@pytest.mark.timeout(3_600)
def test_five_hundred_clients_of_a_hundred_connections_get_answers(
    connection: Connection, scarce_url: str, effort: Effort
) -> None:
    rounds, answers = effort(1, 30), list[tuple[int, float]]()
    for _ in range(rounds):
        work = partial(press, scarce_url, product(connection, UNITS), barrier(PROCESSES))
        answers += chain.from_iterable(side_by_side([work] * PROCESSES))
    seen = Counter(status for status, _ in answers)
    assert seen.keys() == {CREATED, REFUSED, BUSY}
    assert seen[CREATED] == rounds * UNITS
    what = f"{rounds * CLIENTS} clients, replies {dict(sorted(seen.items()))}, the longest after"
    effort.done_within(what, max(seconds for _, seconds in answers), goal=10)


def press(url: str, product_id: UUID, all_have_pressed: Barrier) -> list[tuple[int, float]]:
    """Reserve a few times for each client, and keep the connections until all have; return statuses and seconds."""
    with warm(url, CLIENTS // PROCESSES) as environments:
        answers = [timed(partial(environment.reserve, product_id)) for environment in environments * PRESSES]
        all_have_pressed.wait(SECONDS_TO_END)
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
        others = partial(environments_at_once, database_url, [partial(served, product_id=product_id)] * 8)
        outcomes, seconds = timed(others)
        longest = max(longest, seconds)
        assert outcomes == [None] * 8
        assert frozen.is_alive()
        os.kill(frozen.pid or 0, signal.SIGKILL)
        frozen.join()
        assert available(connection, product_id) == 12
    idle_timeout = short_idle_timeout / 1000
    what = f"{times} frozen, idle timeout {idle_timeout} s, all others served after"
    effort.done_within(what, longest, goal=idle_timeout + 1)


def served(own: Database, product_id: UUID) -> None:
    """Reserve as a shopper who tries again when told to."""
    asked = request(product_id, shopper_id=uuid4(), key=str(uuid4()))
    while (answer := status(own, reserve, asked)) != DONE:
        assert answer == BUSY


@pytest.mark.soak("R13")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("fault", ["restart", "read-only"])
def test_a_warm_environment_answers_busy_at_most_once(own_server: Postgres, fault: str, effort: Effort) -> None:
    times, answered = effort(1, 40), Counter[int]()
    with database.connect(own_server.url) as connection:
        product_id = product(connection, 1_000_000)
    with warm(own_server.url, WARM) as environments:
        for _ in range(times):
            assert {environment.reserve(product_id) for environment in environments} == {CREATED}
            FAULTS[fault](own_server)
            for environment in environments:
                answered[environment.reserve(product_id)] += 1
                others = [environment.reserve(product_id) for _ in range(PRESSES_AFTERWARDS)]
                assert others == [CREATED] * PRESSES_AFTERWARDS
    assert BUSY in answered, "otherwise the fault was none"
    assert answered.keys() <= {CREATED, BUSY}
    effort.done(f"{fault}: {times} times, {WARM} environments, replies to the first request {dict(answered)}")


def fail_over(server: Postgres) -> None:
    """Let open sessions read only, as on a server that is no longer the primary; new ones may write."""
    with database.connect(server.url) as connection:
        connection.execute("ALTER DATABASE postgres SET default_transaction_read_only = off")
        connection.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        connection.execute("SELECT pg_reload_conf()")
    with database.connect(server.url) as connection:
        connection.execute("ALTER DATABASE postgres SET default_transaction_read_only = off")


FAULTS: dict[str, Callable[[Postgres], object]] = {"restart": Postgres.restart, "read-only": fail_over}
