"""Each kind of transition replayed in a database, once: told by its shortest story, and then crashed or repeated.

The stories share their beginnings. A branch is a savepoint, rolled back once everything after it has been told.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import psycopg
from psycopg import Connection

from tests.clocks import turn
from tests.specification.exploring import Explored, Node, Violation, canonical, readable, reading
from tests.specification.model import Action, State, again, step
from tests.specification.properties import faults
from tests.specification.system import AT_ANY_TIME, System

SECONDS_OF_AN_ACTION = 1  # so that no two holds lapse at the same instant


class Replay:
    """The tree of the stories, and what is found different in the database."""

    def __init__(self, explored: Explored, system: System, connection: Connection, *, is_one_slot: bool) -> None:
        """With several slots only what can be read is compared: which lapsed holds are expired depends on the slots."""
        self._system, self._connection = system, connection
        connection.prepare_threshold = 1  # the same statements thousands of times
        connection.execute(AT_ANY_TIME)
        self._compared = canonical if is_one_slot else reading
        self._answered = str if is_one_slot else readable
        self._names = map(str, count())
        self.differences: list[tuple[list[Action], str]] = []
        self._transitions: dict[int, list[Action]] = defaultdict(list)
        self._branches: dict[int, list[Node]] = defaultdict(list)
        self._root = self._grow(explored)
        self.replayed = 0

    def _grow(self, explored: Explored) -> Node:
        """Keep the part of the tree of states that leads to a transition; return its root."""
        nodes: dict[int, Node] = {}
        for node, action in explored.transitions.values():
            self._transitions[id(node)].append(action)
            way: Node | None = node
            while way is not None and id(way) not in nodes:
                nodes[id(way)] = way
                if way.before is not None:
                    self._branches[id(way.before)].append(way)
                way = way.before
        return next(node for node in nodes.values() if node.before is None)

    def run(self) -> None:
        """Replay everything. Raises Violation with the shortest story that ends otherwise in the database."""
        with self._connection.transaction(force_rollback=True):
            self._visit(self._root)
        for story, difference in sorted(self.differences, key=lambda it: len(it[0]))[:1]:
            raise Violation(difference, story)

    def _visit(self, node: Node) -> None:
        for action in self._transitions[id(node)]:
            try:
                with self._connection.transaction(force_rollback=True):
                    self._replay(node, action)
            except psycopg.Error as error:
                self.differences.append(([*node.story, action], f"The database refuses it: {error}"))
            del self._system.holds[len(node.state.holds) :]
        for branch in self._branches[id(node)]:
            with suppress(psycopg.Error), self._connection.transaction(force_rollback=True):
                self._act(branch.action, next(self._names))
                if self._compared(self._read()) == self._compared(branch.state):  # else the transition has failed
                    self._visit(branch)
            del self._system.holds[len(node.state.holds) :]
        if self._compared(self._read()) != self._compared(node.state):
            self.differences.append((node.story, "What was rolled back has left something."))

    def _replay(self, node: Node, action: Action) -> None:
        """Do it, and then once more, as a client does whose reply was lost."""
        name = next(self._names)
        for expected in (step(node.state, action), again(node.state, action)):
            outcome = self._act(action, name)
            for difference in self._differences(node.state, outcome, *expected):
                self.differences.append(([*node.story, action], difference))
        self.replayed += 1

    def _differences(self, before: State, outcome: str, expected: str, after: State) -> Iterator[str]:
        found = self._read()
        if self._answered(outcome) != self._answered(expected):
            yield f"The outcome is {outcome} and not {expected}."
        if self._compared(found) != self._compared(after):
            yield f"The rows are {found} and not {after}."
        yield from faults(before, found)
        if not self._system.is_balanced(self._connection):
            yield "The units do not balance."

    def _act(self, action: Action, name: str) -> str:
        turn(self._connection, SECONDS_OF_AN_ACTION)
        return self._system.act(self._connection, action, name)

    def _read(self) -> State:
        return self._system.read(self._connection)
