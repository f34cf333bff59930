"""Where and how a call to the database breaks: before it, in the middle of it, inside at each write, and after it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import Connection, sql

from chalicelib.db import connection as database
from tests.faults.wire import Broken, Passage, read_reply
from tests.waiting import eventually

TABLES = ("reservations", "stock", "idempotency_keys", "payments", "journal", "admin_changes", "waiters")
LOCK = 20  # the first half of the number of a table's advisory lock
READ_BYTES = 65_536
WITHIN = 10  # seconds
WRITES = "writes to"  # of the notice that a call sends for each table

Stop = Callable[[Passage], None]
"""Ends the caller, the connection or the database's session."""

PAUSE = f"""
CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE '{WRITES} %.', tg_table_name;
    PERFORM pg_advisory_xact_lock_shared({LOCK}, tg_argv[0]::integer);
    RETURN NULL;
END
$$
"""


@dataclass(frozen=True)
class Point:
    """A point of a call: "before", "torn" (half of it is sent), "after", or the table at whose write it is inside."""

    call: int
    moment: str


class Pauses:
    """Lets a call wait inside, when it has written to a table and has not yet committed."""

    def __init__(self, connection: Connection) -> None:
        """Put triggers on the tables; `connection` holds the locks that they wait for."""
        self._connection = connection
        connection.execute(PAUSE)
        for number, table in enumerate(TABLES):
            statement = (
                "CREATE TRIGGER pause AFTER INSERT OR UPDATE ON {} FOR EACH STATEMENT EXECUTE FUNCTION pause({})"
            )
            connection.execute(sql.SQL(statement).format(sql.Identifier(table), sql.Literal(str(number))))

    @contextmanager
    def at(self, table: str) -> Iterator[None]:
        """Stop whoever writes to the table."""
        key = [LOCK, TABLES.index(table)]
        self._connection.execute("SELECT pg_advisory_lock(%s, %s)", key)
        try:
            yield
        finally:
            self._connection.execute("SELECT pg_advisory_unlock(%s, %s)", key)

    def is_reached(self) -> bool:
        """Return whether somebody waits at a table."""
        waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND NOT granted"
        return self._connection.execute(waiting, [LOCK]).rowcount > 0

    def terminate(self, passage: Passage) -> None:
        """End the database's session of a connection, and wait until it is gone; its client is told."""
        terminate = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE client_port = %s"
        self._connection.execute(terminate, [passage.server_port])
        while data := passage.server.recv(READ_BYTES):
            passage.client.sendall(data)
        raise Broken

    def are_gone(self, ports: list[int]) -> bool:
        """Return whether the database's sessions of these connections have ended."""
        return (
            self._connection.execute("SELECT FROM pg_stat_activity WHERE client_port = ANY(%s)", [ports]).rowcount == 0
        )


@contextmanager
def pausing(database_url: str) -> Iterator[Pauses]:
    """Let calls wait inside."""
    with database.connect(database_url) as connection:
        yield Pauses(connection)


def cut(_: Passage) -> None:
    """End the connection."""
    raise Broken


def breaking(point: Point, pauses: Pauses | None, stop: Stop) -> Callable[[Passage, bytes], None]:
    """Return what the wire does at a point's call."""

    def before(passage: Passage, _: bytes) -> None:
        stop(passage)

    def torn(passage: Passage, call: bytes) -> None:
        passage.server.sendall(call[: len(call) // 2])
        stop(passage)

    def after(passage: Passage, call: bytes) -> None:
        passage.server.sendall(call)
        read_reply(passage.server)
        stop(passage)

    def inside(passage: Passage, call: bytes) -> None:
        assert pauses
        with pauses.at(point.moment):
            passage.server.sendall(call)
            eventually(pauses.is_reached, within=WITHIN)
            stop(passage)

    return {"before": before, "torn": torn, "after": after}.get(point.moment, inside)


def noting(tables: list[str]) -> Callable[[Passage, bytes], None]:
    """Return what relays a call and adds the tables that it writes to."""

    def note(passage: Passage, call: bytes) -> None:
        passage.server.sendall(call)
        reply = read_reply(passage.server)
        tables.extend(table for table in TABLES if f"{WRITES} {table}.".encode() in reply)
        passage.client.sendall(reply)

    return note
