"""Events of SQS and EventBridge with anything in them: what is malformed fails alone, and everything else is done.

An hour of `make soak` tries 3,000 batches.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import Connection

import app
from chalicelib.db import connection as database
from tests.conftest import assert_balanced
from tests.databases import Clones
from tests.factories import lapsed, product, status
from tests.http.gateway import Context
from tests.http.shop import opened
from tests.http.test_broken_events import texts, values
from tests.soaking import Effort

pytestmark = pytest.mark.slow

UNKNOWN = "00000000-0000-4000-8000-000000000000"
NO_MESSAGE = texts | values.map(json.dumps) | values.map(lambda value: json.dumps({"reservationId": value}))
RULE = {
    "version": "0",
    "id": UNKNOWN,
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": "000000000000",
    "time": "2026-11-27T09:00:00Z",
    "region": "us-east-1",
    "resources": ["arn:aws:events:us-east-1:000000000000:rule/sweep"],
    "detail": {},
}


@dataclass(frozen=True)
class Invocation(Context):
    """The context of an invocation that has a minute left: with an interval of a minute, one pass."""

    aws_request_id: str = "4711"
    milliseconds_left: int = 60_000

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until the function's timeout."""
        return self.milliseconds_left


@pytest.fixture(scope="module")
def messages(clones: Clones) -> Iterator[Connection]:
    """Open an execution environment; give a connection to its database."""
    with clones.clone() as url, database.connect(url) as connection, opened(url, SWEEP_INTERVAL_SECONDS="60"):
        yield connection
        assert_balanced(connection)


def record(number: int, body: object, more: dict[str, Any]) -> dict[str, Any]:
    return {**more, "messageId": str(number), "body": body, "eventSource": "aws:sqs"}


@pytest.mark.soak("R14")
@pytest.mark.timeout(3_600)
def test_malformed_messages_fail_alone(messages: Connection, effort: Effort) -> None:
    @settings(max_examples=effort(100, 3_000), deadline=None)
    @given(broken=st.lists(NO_MESSAGE | values, max_size=4), more=st.dictionaries(texts, values, max_size=3))
    def only_they_fail(broken: list[object], more: dict[str, Any]) -> None:
        hold = lapsed(messages, product(messages))
        good = [json.dumps({"reservationId": one}) for one in (str(hold.id), UNKNOWN)]
        records = [record(number, body, more) for number, body in enumerate([*broken, *good])]
        reply = app.expire({"Records": records}, Invocation())
        assert reply == {"batchItemFailures": [{"itemIdentifier": str(number)} for number in range(len(broken))]}
        assert status(messages, hold.id) == ("EXPIRED", "message")

    only_they_fail()
    effort.done(f"{effort(100, 3_000)} batches of messages")


@settings(deadline=None)
@given(changed=st.dictionaries(st.sampled_from(sorted(RULE)) | texts, values, max_size=4))
def test_whatever_the_schedule_s_event_says_the_sweep_is_made(messages: Connection, changed: dict[str, Any]) -> None:
    hold = lapsed(messages, product(messages))
    assert app.sweep({**RULE, **changed}, Invocation()) == {"passes": 1}
    assert status(messages, hold.id) == ("EXPIRED", "sweep")
    assert app.audit({**RULE, **changed}, Invocation())
