"""Patience: what these tests count must not depend on how fast the machine is."""

from collections.abc import Iterator

import pytest
from psycopg import Connection

from chalicelib.db import connection as database


@pytest.fixture(autouse=True)
def patient(database_url: str) -> None:
    """Let sessions of the test's database wait for locks, and run statements, longer than in production."""
    with database.connect(database_url) as connection:
        for setting in ("lock_timeout", "statement_timeout"):
            connection.execute(
                f"DO $$ BEGIN EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET {setting} = ''60s''',"
                " current_database()); END $$"
            )


@pytest.fixture
def unbalanced(database_url: str) -> Iterator[Connection]:
    """Connect to the test's database, whose stock need not balance afterwards."""
    with database.connect(database_url) as connection:
        yield connection
