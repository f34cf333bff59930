"""The clock of the application is wrong: nothing that it decides is different."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from psycopg import Connection

from chalicelib.db import connection as database
from chalicelib.jobs.sweep import sweep
from tests import factories
from tests.faults.transitions import OF_THIS_RUN
from tests.http.gateway import Reply
from tests.http.shop import Shop, opened
from tests.soaking import Effort

MINUTES_WRONG = (-10, 0, 10)
TOKENS = {"GUEST_TOKENS_PER_MINUTE": "1000000"}  # each story has one
CLOSE = timedelta(minutes=1)


def seen(reply: Reply) -> tuple[int, Any, float | None]:
    """Return what a shopper sees: status, body without ids and times, and for how long the hold was made."""
    body = reply.json
    if isinstance(body, list):
        return reply.status, len(body), None
    length = None
    if body.get("status") == "ACTIVE":
        length = (datetime.fromisoformat(body["expiresAt"]) - datetime.fromisoformat(body["createdAt"])).total_seconds()
    return reply.status, {name: value for name, value in body.items() if name not in {*OF_THIS_RUN, "timeline"}}, length


def story(shop: Shop, connection: Connection) -> list[Any]:
    """Do everything that time plays a part in; return what was seen."""
    product_id = str(factories.product(connection, 3))
    shopper = shop.with_token(shop.post("/shoppers").json["token"])
    wanted = {"productId": product_id, "quantity": 1}
    first, second, third = (shopper.post("/reservations", wanted) for _ in range(3))
    paid, given_back, late = (f"/reservations/{reply.json['id']}" for reply in (first, second, third))
    factories.let_nearly_lapse(connection, paid.rpartition("/")[2])
    replies = [first, shopper.post("/reservations", wanted), shopper.post(f"{paid}/extend"), shopper.get(paid)]
    replies += [shopper.post(f"{paid}/complete"), shopper.post(f"{given_back}/cancel")]
    factories.let_lapse(connection, late.rpartition("/")[2])
    replies += [shopper.get(late), shopper.post(f"{late}/complete"), shopper.get(f"/products/{product_id}")]
    swept = sweep(database.current())
    replies += [shopper.get(late), shopper.post(f"{late}/complete", {"paymentReference": late})]
    replies += [shopper.get("/reservations"), shopper.get(f"/products/{product_id}")]
    assert all(abs(reply.server_time - datetime.now(UTC) - shift(connection)) < CLOSE for reply in replies)
    return [swept, *map(seen, replies)]


def shift(connection: Connection) -> timedelta:
    """Return how far the database's clock is ahead of this process's."""
    ((now,),) = connection.execute("SELECT clock_timestamp()").fetchall()
    return now - datetime.now(UTC)


@pytest.mark.soak("R9")
@pytest.mark.timeout(3_600)
def test_ten_minutes_ahead_or_behind_everything_is_as_with_the_right_time(
    connection: Connection, database_url: str, effort: Effort
) -> None:
    times, told = effort(1, 100), []
    for _ in range(times):
        for minutes in MINUTES_WRONG:
            with (
                time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes)),
                opened(database_url, **TOKENS) as shop,
            ):
                told.append(story(shop, connection))
    behind, right, ahead = told[:3]
    assert behind == right == ahead
    assert told == [right] * len(told)
    effort.done(f"{len(told)} stories of {len(right)} steps, with clocks {MINUTES_WRONG} minutes wrong")
