"""A process that is killed and a connection that breaks, at every point of every transition's calls to the database.

A point is before a call, in the middle of its bytes, inside it after each write, and after it. Afterwards all units are
where they belong, and a retry gets the answer that the first request would have got.
"""

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from psycopg import Connection

from chalicelib.db.connection import Database
from chalicelib.errors import Busy
from chalicelib.jobs.sweep import sweep
from tests.conftest import assert_balanced
from tests.faults.breaking import TABLES, Pauses, Point, Stop, breaking, cut, noting, pausing
from tests.faults.transitions import TRANSITIONS, WITHOUT_A_KEY, Subject, Transition, ask_once, state
from tests.faults.wire import Broken, Passage, Wire, wired
from tests.http.shop import opened
from tests.processes import started
from tests.soaking import Effort
from tests.waiting import eventually

BUSY = (503, "urn:flash-sale:problem:busy")
FAILED_MESSAGE = {"batchItemFailures": [{"itemIdentifier": "1"}]}
SECONDS_TO_DIE, TRIES = 60, 5


@pytest.fixture
def pauses(connection: Connection, database_url: str) -> Iterator[Pauses]:
    """Let calls wait inside."""
    del connection  # which checks the balance, after the sessions of this have ended
    with pausing(database_url) as pauses:
        yield pauses


@pytest.fixture
def wire(database_url: str) -> Iterator[Wire]:
    """Lay a wire to the database."""
    with wired(database_url) as wire:
        yield wire


class Trial:
    """One transition, asked for on a wire."""

    def __init__(self, connection: Connection, wire: Wire, pauses: Pauses, transition: Transition) -> None:
        self.connection, self.wire, self.pauses, self.transition = connection, wire, pauses, transition

    def undisturbed(self) -> tuple[Any, Any, int]:
        """Return the answer, the state afterwards, and the number of calls."""
        subject, before = self.transition.subject(self.connection), self.wire.calls
        with opened(self.wire.url) as shop:
            answer = self.transition.ask(shop, subject)
        return answer, self.state(subject), self.wire.calls - before

    def points(self, calls: int) -> list[Point]:
        """Return every point at which the transition can break."""
        written: list[list[str]] = [[] for _ in range(calls)]
        for call, tables in enumerate(written):
            self.wire.breaks[self.wire.calls + call] = noting(tables)
        self.undisturbed()
        return [
            Point(call, moment)
            for call, tables in enumerate(written)
            for moment in ("before", "torn", *tables, "after")
        ]

    def cut_at(self, point: Point, stop: Stop) -> tuple[Any, Any]:
        """Ask, be cut off at a point, and ask again in the same environment; return the second answer and the state."""
        subject = self.transition.subject(self.connection)
        self._break_at(point, stop)
        with opened(self.wire.url) as shop:
            first = self._ask_or_fail(shop, subject)
            assert first in (BUSY, FAILED_MESSAGE, None)
            answer = self._answer(shop, subject)
        return answer, self.state(subject)

    def killed_at(self, point: Point, name: str, database_url: str) -> tuple[Any, Any]:
        """Ask, be killed at a point, and ask again in another environment; return the second answer and the state."""
        subject = self.transition.subject(self.connection)

        def kill(_: Passage) -> None:
            os.kill(process.pid or 0, signal.SIGKILL)
            raise Broken

        self._break_at(point, kill)
        process = started(ask_once, self.wire.url, name, subject)
        process.join(SECONDS_TO_DIE)
        assert process.exitcode == -signal.SIGKILL
        with opened(database_url) as shop:
            answer = self._answer(shop, subject)
        return answer, self.state(subject)

    def _break_at(self, point: Point, stop: Stop) -> None:
        self.wire.breaks[self.wire.calls + point.call] = breaking(point, self.pauses, stop)

    def _answer(self, shop: Any, subject: Subject) -> Any:
        """Ask again while the answer is to try again: the session that was cut off may still work."""
        for _ in range(TRIES):
            answer = self.transition.ask(shop, subject)
            if answer not in (BUSY, FAILED_MESSAGE):
                break
        return answer

    def _ask_or_fail(self, shop: Any, subject: Subject) -> Any:
        """Ask; a job has nobody to answer to, and fails."""
        try:
            return self.transition.ask(shop, subject)
        except Busy:
            return None

    def state(self, subject: Subject) -> Any:
        """Return how the product is once no session of the wire works on it any more."""
        eventually(lambda: self.pauses.are_gone(self.wire.server_ports), within=10)
        return state(self.connection, subject.product_id)


def outcomes(trial: Trial, name: str, database_url: str, point: Point, *, kill: bool) -> Iterator[tuple[Any, Any]]:
    """Return what each way to break at a point leads to."""
    yield trial.cut_at(point, cut)
    if kill:
        yield trial.killed_at(point, name, database_url)
    if point.moment in TABLES:
        yield trial.cut_at(point, trial.pauses.terminate)


@pytest.mark.soak("R20")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("name", TRANSITIONS)
def test_whatever_breaks_a_retry_gets_the_first_answer(
    connection: Connection,
    environment: Database,
    wire: Wire,
    pauses: Pauses,
    database_url: str,
    name: str,
    effort: Effort,
) -> None:
    trial = Trial(connection, wire, pauses, TRANSITIONS[name])
    answer, after, calls = trial.undisturbed()
    points, breaks = trial.points(calls), 0
    for _ in range(effort(1, 10)):
        for point in points:
            # Before a call has arrived, a killed process and a cut connection are the same to the database.
            kill = effort.is_long or point.moment not in ("before", "torn")
            for answered, left in outcomes(trial, name, database_url, point, kill=kill):
                assert answered in (answer, *trial.transition.repeated), point
                assert left == after, point
                breaks += 1
    sweep(environment)
    assert_balanced(connection)
    effort.done(f"{name}: {breaks} breaks at {len(points)} points of {calls} calls")


def test_without_a_key_a_retry_after_the_commit_is_seen_as_another_reserve(
    connection: Connection, wire: Wire, pauses: Pauses
) -> None:
    trial = Trial(connection, wire, pauses, WITHOUT_A_KEY)
    answer, after, calls = trial.undisturbed()
    for moment in ("before", "torn"):
        assert trial.cut_at(Point(calls - 1, moment), cut) == (answer, after)
    answered, left = trial.cut_at(Point(calls - 1, "after"), cut)
    assert answered == answer
    assert left != after
