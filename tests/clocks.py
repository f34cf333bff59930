"""A database clock that tests can turn."""

from collections.abc import Callable, Iterator

import pytest
from psycopg import Connection

from chalicelib.db import connection as database


@pytest.fixture
def advance(database_url: str) -> Iterator[Callable[[float], None]]:
    """Put the test's database under a clock of its own; returns what moves it on, by seconds.

    The two clock functions are wrapped, not replaced: what they read is still what is tested.
    """
    with database.connect(database_url) as own:
        own.execute("CREATE TABLE turned (ahead interval NOT NULL)")
        own.execute("INSERT INTO turned VALUES ('0')")
        for function, kind in [("instant_now", "VOLATILE"), ("instant_of_statement", "STABLE")]:
            (real,) = own.execute("SELECT pg_get_functiondef(%s::regproc)", [function]).fetchone() or ("",)
            own.execute(real.replace(f"{function}(", f"real_{function}(", 1))
            own.execute(
                f"CREATE OR REPLACE FUNCTION {function}() RETURNS timestamptz LANGUAGE sql {kind}"
                f" RETURN real_{function}() + (SELECT ahead FROM turned)"
            )
        yield lambda seconds: turn(own, seconds)


def turn(connection: Connection, seconds: float) -> None:
    """Move the clock on, for others once the connection's transaction has been committed."""
    connection.execute("UPDATE turned SET ahead = ahead + make_interval(secs => %s)", [seconds])


@pytest.fixture
def advance_stopped(connection: Connection, advance: Callable[[float], None]) -> Callable[[float], None]:
    """Stop the test's clock, so that only the test moves it on."""
    for function in ("real_instant_now", "real_instant_of_statement"):
        connection.execute(
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS timestamptz LANGUAGE sql IMMUTABLE"
            " RETURN timestamptz '2026-11-27 09:00:00Z'"
        )
    return advance
