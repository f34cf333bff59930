"""Messages that come early, late, three times, in any order, and that nobody can read: each unit comes back once."""

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from itertools import batched
from uuid import UUID, uuid4

import pytest
from psycopg import Connection

from chalicelib.db.connection import Database
from chalicelib.jobs.expiry_messages import deliver_batch
from tests.factories import active, available, let_lapse, product
from tests.logs import logged
from tests.rivals import environments_at_once
from tests.soaking import Effort

RECEIVES, BATCH, CONSUMERS, TIMES = 5, 10, 4, 3
MALFORMED = ("", "{", "[]", '{"reservationId": 7}', '{"reservationId": "x"}')


@dataclass
class SentAgain:
    """Stands for the queue, and counts what is sent again."""

    holds: Counter[UUID] = field(default_factory=Counter)

    def send(self, reservation_id: UUID, seconds: float) -> None:
        """Count a message."""
        assert seconds > 0
        self.holds[reservation_id] += 1


def message(reservation_id: UUID) -> str:
    """Return the message of a hold."""
    return json.dumps({"reservationId": str(reservation_id)})


def deliver(own: Database, bodies: list[str], queue: SentAgain) -> list[str]:
    """Deliver messages in batches as SQS does; return those that failed as often as a message may."""
    dead = []
    for batch in batched(bodies, BATCH, strict=False):
        waiting = dict(enumerate(batch))
        for _ in range(RECEIVES):
            records = [{"messageId": str(number), "body": body} for number, body in waiting.items()]
            reply = deliver_batch({"Records": records}, own, queue) if records else {"batchItemFailures": []}
            failed = {int(item["itemIdentifier"]) for item in reply["batchItemFailures"]}
            waiting = {number: body for number, body in waiting.items() if number in failed}
        dead += waiting.values()
    return dead


def delivered_by_many(url: str, bodies: list[str], queue: SentAgain) -> list[str]:
    """Let several consumers deliver a share of the messages each; return the dead letters of all."""
    random.shuffle(bodies)
    shares = [bodies[first::CONSUMERS] for first in range(CONSUMERS)]
    with logged():
        outcomes = environments_at_once(url, [partial(deliver, bodies=share, queue=queue) for share in shares])
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    return [body for dead in outcomes if isinstance(dead, list) for body in dead]


@pytest.mark.soak("R6")
@pytest.mark.timeout(3_600)
def test_each_unit_comes_back_once_and_only_what_nobody_can_read_is_a_dead_letter(
    connection: Connection, database_url: str, effort: Effort
) -> None:
    count = effort(200, 20_000)
    product_id, queue = product(connection, 2 * count), SentAgain()
    holds = [active(connection, product_id, 2).id for _ in range(count)]
    messages = [message(hold) for hold in holds] * TIMES
    assert delivered_by_many(database_url, messages, queue) == []
    assert queue.holds == dict.fromkeys(holds, TIMES)
    for hold in holds:
        let_lapse(connection, hold)
    others = [*MALFORMED * 4, *(message(uuid4()) for _ in range(20))]
    dead = delivered_by_many(database_url, [*messages, *others], queue)
    assert Counter(dead) == dict.fromkeys(MALFORMED, 4)
    assert queue.holds.total() == TIMES * count
    assert available(connection, product_id) == 2 * count
    effort.done(f"{count} holds, {2 * len(messages) + len(others)} messages, {len(dead)} dead letters, all malformed")
