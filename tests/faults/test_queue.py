"""A queue that is down, and processes that die before they have told it: the shopper is served, the sweep expires."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.aws import expiry_queue
from chalicelib.aws.expiry_queue import ExpiryQueue
from chalicelib.db.connection import Database
from chalicelib.jobs.sweep import sweep
from tests.factories import available, let_lapse, product
from tests.faults.dying import CRASHED, die_before_the_reply
from tests.http.shop import opened
from tests.logs import logged
from tests.processes import started
from tests.servers import answering, listening, url_of
from tests.soaking import Effort, timed


@contextmanager
def refusing() -> Iterator[str]:
    """Give the address of a port on which nobody listens."""
    with listening() as server:
        url = url_of(server)
    yield url


@contextmanager
def swallowing() -> Iterator[str]:
    """Give the address of a server that takes connections and says nothing."""
    with listening() as server:
        yield url_of(server)


def failing() -> AbstractContextManager[str]:
    """Give the address of a server that is overloaded."""
    return answering(503, b"slow down")


def all_come_back(connection: Connection, environment: Database, product_id: UUID, units: int) -> None:
    """Let every hold lapse, and sweep once."""
    for (hold,) in connection.execute("SELECT id FROM reservations WHERE status = 'ACTIVE'").fetchall():
        let_lapse(connection, hold)
    sweep(environment)
    assert connection.execute("SELECT FROM reservations WHERE status = 'ACTIVE'").rowcount == 0
    assert available(connection, product_id) == units


@pytest.mark.soak("R5")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("broken", [refusing, swallowing, failing])
def test_every_reserve_is_granted_and_every_hold_expires_without_the_queue(
    connection: Connection,
    environment: Database,
    database_url: str,
    aws_settings: pytest.MonkeyPatch,
    broken: AbstractContextManager[str],
    effort: Effort,
) -> None:
    reserves = effort(20, 20_000)
    product_id = product(connection, reserves)
    with broken() as url, opened(database_url) as shop, pytest.MonkeyPatch.context() as patch, logged() as lines:
        aws_settings.setenv("AWS_ENDPOINT_URL", url)
        queue = ExpiryQueue(f"{url}/expiry")
        patch.setattr(expiry_queue, "current", lambda: queue)
        longest = max(timed(partial(shop.reserve, 1, str(product_id)))[1] for _ in range(reserves))
    assert available(connection, product_id) == 0
    assert "expiry message not sent; the sweep will expire this hold" in lines.text
    all_come_back(connection, environment, product_id, reserves)
    what = f"{broken.__name__}: {reserves} reserves granted, all holds expired by the sweep, the longest reserve"
    effort.done_within(what, longest, goal=4)


@pytest.mark.soak("R7")
@pytest.mark.timeout(3_600)
def test_holds_whose_process_died_before_it_told_the_queue_all_expire(
    connection: Connection, environment: Database, database_url: str, effort: Effort
) -> None:
    deaths = effort(10, 2_000)
    product_id = product(connection, deaths)
    for _ in range(deaths):
        process = started(die_before_the_reply, database_url, product_id, str(uuid4()))
        process.join()
        assert process.exitcode == CRASHED
    assert available(connection, product_id) == 0
    all_come_back(connection, environment, product_id, deaths)
    effort.done(f"{deaths} processes died between commit and send, all holds expired by the sweep")
