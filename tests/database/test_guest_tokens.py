"""Counting guest tokens: exact, however many ask at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from psycopg import Connection

from chalicelib.db import connection as database
from chalicelib.db import guest_tokens
from chalicelib.errors import TooManyRequests

ADDRESS = "192.0.2.1"
LIMIT = 30
ASKERS, TIMES = 10, 5


@pytest.fixture
def standing_clock(connection: Connection) -> None:
    """Stop the database's clock: what is counted lies in one minute."""
    connection.execute(
        "CREATE OR REPLACE FUNCTION instant_now() RETURNS timestamptz LANGUAGE sql VOLATILE"
        " RETURN '2026-11-27T09:00:30.125Z'::timestamptz"
    )


def ask(url: str, begin: Barrier) -> int:
    """Ask again and again on a connection of one's own; return how often that was granted."""
    granted = 0
    with database.connect(url) as connection:
        begin.wait()
        for _ in range(TIMES):
            try:
                guest_tokens.count(connection, ADDRESS, LIMIT)
            except TooManyRequests:
                continue
            granted += 1
    return granted


@pytest.mark.usefixtures("standing_clock")
def test_fifty_at_once_get_exactly_what_there_is(connection: Connection, database_url: str) -> None:
    begin = Barrier(ASKERS)
    with ThreadPoolExecutor(ASKERS) as askers:
        granted = sum(askers.map(lambda _: ask(database_url, begin), range(ASKERS)))
    assert granted == LIMIT
    assert connection.execute("SELECT host(address), issued FROM guest_tokens").fetchall() == [(ADDRESS, LIMIT)]


@pytest.mark.usefixtures("standing_clock")
def test_who_is_refused_is_told_the_rest_of_the_minute(connection: Connection) -> None:
    guest_tokens.count(connection, ADDRESS, 1)
    with pytest.raises(TooManyRequests) as refusal:
        guest_tokens.count(connection, ADDRESS, 1)
    assert refusal.value.seconds == 29.875
