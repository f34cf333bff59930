"""A process that is killed and a connection that breaks, at every point of every transition's calls to the database.

A point is before a call, in the middle of its bytes, inside it after each write, and after it. Afterwards all units are
where they belong, and a retry gets the answer that the first request would have got.

The database does not notice that a client has gone: a session that was cut off inside a call goes on to its commit. A
retry that comes meanwhile waits for the session's locks, and is told to try again if they are not free within
lock_timeout. So a retry here waits until the session has ended; what it is told before that is a test of its own.
"""

import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from psycopg import Connection

from chalicelib.db import connection as database
from chalicelib.db.connection import Database
from chalicelib.db.refusal_counts import RefusalCounts
from chalicelib.errors import Busy
from chalicelib.jobs.sweep import sweep
from tests.conftest import assert_balanced
from tests.faults.breaking import TABLES, Pauses, Point, Stop, breaking, cut, noting, pausing
from tests.faults.transitions import NOT_IDEMPOTENT, TRANSITIONS, Subject, Transition, ask_once, state
from tests.faults.wire import Broken, Passage, Wire, wired
from tests.http.shop import Shop, opened
from tests.processes import started
from tests.soaking import Effort
from tests.waiting import eventually

BUSY = (503, "urn:flash-sale:problem:busy")
FAILED_MESSAGE = {"batchItemFailures": [{"itemIdentifier": "1"}]}
SECONDS_TO_DIE = 60


@pytest.fixture(autouse=True)
def _refusals_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out a call that is made after the reply. `tests/database/test_refusals.py` lets it fail."""
    monkeypatch.setattr(RefusalCounts, "write_if_due", lambda *_: None)


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
            answer = self.answer_afterwards(shop, subject)
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
            answer = self.answer_afterwards(shop, subject)
        return answer, self.state(subject)

    def _break_at(self, point: Point, stop: Stop) -> None:
        self.wire.breaks[self.wire.calls + point.call] = breaking(point, self.pauses, stop)

    def answer_afterwards(self, shop: Shop, subject: Subject) -> Any:
        """Ask again once no session of the wire works any more."""
        eventually(lambda: self.pauses.are_gone(self.wire.server_ports), within=SECONDS_TO_DIE)
        return self.transition.ask(shop, subject)

    def _ask_or_fail(self, shop: Shop, subject: Subject) -> Any:
        """Ask; a job has nobody to answer to, and fails."""
        try:
            return self.transition.ask(shop, subject)
        except Busy:
            return None

    def state(self, subject: Subject) -> Any:
        """Return how the product is."""
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


@pytest.mark.parametrize("name", NOT_IDEMPOTENT)
def test_what_has_no_key_is_done_once_or_after_its_commit_twice(
    connection: Connection, wire: Wire, pauses: Pauses, name: str
) -> None:
    trial = Trial(connection, wire, pauses, NOT_IDEMPOTENT[name])
    answer, once, calls = trial.undisturbed()
    with opened(wire.url) as shop:
        subject = trial.transition.subject(connection)
        assert [trial.transition.ask(shop, subject) for _ in range(2)] == [answer] * 2
    twice = trial.state(subject)
    assert once != twice
    for point in trial.points(calls):
        answered, left = trial.cut_at(point, cut)
        assert answered == answer, point
        if point.call < calls - 1 or point.moment in ("before", "torn"):
            assert left == once, point
        elif point.moment == "after":
            assert left == twice, point
        else:  # the session may notice that its client is gone, or commit
            assert left in (once, twice), point


@pytest.mark.parametrize("name", ["reserve", "reserve-reclaims", "reserve-gathers"])
def test_while_the_session_that_was_cut_off_works_a_retry_is_told_to_try_again(
    connection: Connection, wire: Wire, pauses: Pauses, name: str
) -> None:
    trial = Trial(connection, wire, pauses, TRANSITIONS[name])
    answer, after, _ = trial.undisturbed()
    subject = trial.transition.subject(connection)
    with opened(wire.url) as shop, pauses.at("reservations"):
        let_wait(0)
        wire.breaks[wire.calls] = leave_inside(pauses)
        assert trial.transition.ask(shop, subject) == BUSY
        let_wait(1)
        assert trial.transition.ask(shop, subject) == BUSY
    with opened(wire.url) as shop:
        assert trial.answer_afterwards(shop, subject) == answer
    assert trial.state(subject) == after


def let_wait(milliseconds: int) -> None:
    """Let the session of the environment wait for a lock so long, and for nothing else; 0 is for ever."""
    database.current().run(lambda own: own.execute(f"SET lock_timeout = {milliseconds}; SET statement_timeout = 0"))


def leave_inside(pauses: Pauses) -> Callable[[Passage, bytes], None]:
    """Return what cuts a connection whose call waits inside, and lets the call wait there."""

    def leave(passage: Passage, call: bytes) -> None:
        passage.server.sendall(call)
        eventually(pauses.is_reached, within=SECONDS_TO_DIE)
        raise Broken

    return leave
