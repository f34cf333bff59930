"""An environment that is frozen for longer than each of the database's timeouts, in every state of its connection."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection as Sender
from multiprocessing.process import BaseProcess
from uuid import UUID

import pytest
from psycopg import Connection, sql

from chalicelib.db import connection as database
from infra.local.postgres import Postgres
from tests.factories import product
from tests.faults.answers import BUSY, CREATED, DONE, one, status
from tests.faults.environments import Environment, warm
from tests.faults.wire import Broken, Passage, read_to_end, relay_greeting, wired
from tests.processes import is_stopped, started
from tests.rivals import lock_slots
from tests.soaking import Effort
from tests.waiting import eventually

TIMEOUTS = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout")
REQUESTS_AFTERWARDS = 3
MILLISECONDS, IN_A_SOAK = 1_000, 5_000
SECONDS_TO_LOG_IN, SECONDS_TO_LOG_IN_OF_A_SOAK = 1, 2 * database.CONNECT_TIMEOUT_SECONDS

Request = Callable[[Environment, UUID], int]


def freeze() -> None:
    """Stop this process until somebody continues it."""
    os.kill(os.getpid(), signal.SIGSTOP)


def idle(environment: Environment, product_id: UUID) -> int:
    """Have a connection and reserve when the process goes on."""
    freeze()
    return environment.reserve(product_id)


def in_a_transaction(environment: Environment, product_id: UUID) -> int:
    """Have locked stock and go on with the transaction."""

    def work(connection: Connection) -> None:
        with connection.transaction():
            lock_slots(connection, product_id)
            freeze()
            one(connection)

    return status(environment.own, work)


def waiting_for_a_lock(environment: Environment, product_id: UUID) -> int:
    """Reserve while somebody else has locked the stock; frozen from outside."""
    return environment.reserve(product_id)


def in_a_statement(environment: Environment, _: UUID) -> int:
    """Run a statement that takes too long; frozen from outside."""
    return status(environment.own, lambda connection: connection.execute("SELECT pg_sleep(60)"))


def in_a_statement_of_a_transaction(environment: Environment, product_id: UUID) -> int:
    """Run such a statement with stock locked."""

    def work(connection: Connection) -> None:
        with connection.transaction():
            lock_slots(connection, product_id)
            connection.execute("SELECT pg_sleep(60)")

    return status(environment.own, work)


STATES: dict[str, Request] = {
    request.__name__: request
    for request in (idle, in_a_transaction, waiting_for_a_lock, in_a_statement, in_a_statement_of_a_transaction)
}
FROZEN_FROM_OUTSIDE = {"waiting_for_a_lock", "in_a_statement", "in_a_statement_of_a_transaction"}


def serve(url: str, state: str, product_id: UUID, answers: Sender) -> None:
    """Answer a request that is frozen in its state, and then a few reserves; send the statuses."""
    with warm(url, 1) as (environment,):
        assert status(environment.own, one) == DONE
        first = STATES[state](environment, product_id)
        answers.send([first, *(environment.reserve(product_id) for _ in range(REQUESTS_AFTERWARDS))])


def connect_and_serve(url: str, product_id: UUID, answers: Sender) -> None:
    """Answer a reserve for which the environment connects, and a few more; send the statuses."""
    with warm(url, 1) as (environment,):
        answers.send([environment.reserve(product_id) for _ in range(1 + REQUESTS_AFTERWARDS)])


def frozen_until_the_server_gives_up(process: Future[BaseProcess], passage: Passage) -> None:
    """Freeze the environment that has begun to connect until the server no longer waits for its password."""
    pid = process.result().pid or 0
    relay_greeting(passage)
    os.kill(pid, signal.SIGSTOP)
    passage.client.sendall(read_to_end(passage.server))
    os.kill(pid, signal.SIGCONT)
    raise Broken


@pytest.fixture
def milliseconds(database_url: str, effort: Effort) -> int:
    """Let every timeout of the test's database be short, in a soak as long as in production."""
    milliseconds = IN_A_SOAK if effort.is_long else MILLISECONDS
    with database.connect(database_url) as connection:
        name = sql.Identifier(connection.info.dbname)
        for setting in TIMEOUTS:
            change = sql.SQL("ALTER ROLE CURRENT_USER IN DATABASE {} SET {} = {}")
            connection.execute(change.format(name, sql.Identifier(setting), sql.Literal(milliseconds)))
    return milliseconds


def sessions(administrator: Connection, connection: Connection) -> list[tuple[str, str]]:
    """Return the state of the frozen environment's session, and what it waits for; empty once it has ended."""
    look = "SELECT state, coalesce(wait_event_type, '') FROM pg_stat_activity WHERE datname = %s AND pid <> %s"
    return administrator.execute(look, [connection.info.dbname, connection.info.backend_pid]).fetchall()


def is_over(administrator: Connection, connection: Connection) -> bool:
    """Return whether the database has ended the frozen environment's session: it has been frozen for long enough."""
    return not sessions(administrator, connection)


@pytest.mark.soak("R25")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("state", STATES)
def test_it_answers_busy_at_most_once(
    connection: Connection, administrator: Connection, database_url: str, state: str, milliseconds: int, effort: Effort
) -> None:
    connection.execute("SET idle_session_timeout = 0")
    connection.execute("SET idle_in_transaction_session_timeout = 0")
    product_id, times = product(connection, slots=[1_000]), effort(1, 4)
    for _ in range(times):
        answers, sender = Pipe(duplex=False)
        with connection.transaction():
            if state == "waiting_for_a_lock":
                lock_slots(connection, product_id)
            process = started(serve, database_url, state, product_id, sender)
            sender.close()
            if state in FROZEN_FROM_OUTSIDE:
                eventually(
                    lambda: [one for one in sessions(administrator, connection) if one[1] in ("Lock", "Timeout")],
                    within=60,
                )
                os.kill(process.pid or 0, signal.SIGSTOP)
            eventually(partial(is_stopped, process), within=60)
            eventually(partial(is_over, administrator, connection), within=60)
        os.kill(process.pid or 0, signal.SIGCONT)
        first, *others = answers.recv()
        assert first in (DONE, CREATED, BUSY)
        assert others == [CREATED] * REQUESTS_AFTERWARDS
        process.join()
    effort.done(f"{state}: {times} times, timeouts of {milliseconds / 1000} s, at most one 503 each")


@pytest.mark.soak("R25")
@pytest.mark.timeout(600)
def test_it_answers_busy_once_if_it_was_frozen_while_it_connected(own_server: Postgres, effort: Effort) -> None:
    seconds = SECONDS_TO_LOG_IN_OF_A_SOAK if effort.is_long else SECONDS_TO_LOG_IN
    with database.connect(own_server.url) as connection:
        connection.execute(sql.SQL("ALTER SYSTEM SET authentication_timeout = {}").format(seconds))
        product_id = product(connection, 1_000)
    own_server.restart()
    times = effort(1, 4)
    for _ in range(times):
        answers, sender = Pipe(duplex=False)
        with wired(own_server.url) as wire:
            connecting: Future[BaseProcess] = Future()
            wire.starts.append(partial(frozen_until_the_server_gives_up, connecting))
            process = started(connect_and_serve, wire.url, product_id, sender)
            sender.close()
            connecting.set_result(process)
            assert answers.recv() == [BUSY] + [CREATED] * REQUESTS_AFTERWARDS
            process.join()
    effort.done(f"connecting: {times} times, timeout of {seconds} s, one 503 each")
