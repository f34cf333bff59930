"""The check of the other tests here, that no request pins the connection of RDS Proxy, notices what would."""

import pytest
from psycopg import Connection

from chalicelib.db import connection as database
from tests.http.shop import opened_as_in_aws

PINNING = [
    "SET lock_timeout = '1s'",
    "RESET lock_timeout",
    "SELECT set_config('lock_timeout', '1s', false)",
    "PREPARE one AS SELECT 1",
    "DISCARD PLANS",
    "CREATE TEMPORARY TABLE one (id integer)",
    "LISTEN shop",
    "SELECT pg_try_advisory_lock(1)",
    "SELECT\n nextval('journal_id_seq')",
    "BEGIN; DECLARE one CURSOR FOR SELECT 1; COMMIT",
]


@pytest.mark.parametrize("statement", PINNING)
def test_a_statement_that_pins_is_noticed(database_url: str, statement: str) -> None:
    with pytest.raises(AssertionError), opened_as_in_aws(database_url):
        database.current().run(lambda own: own.execute(statement))


def test_a_statement_that_the_driver_prepares_is_noticed(database_url: str) -> None:
    def work(own: Connection) -> None:
        own.prepare_threshold = 0
        own.execute("SELECT 1")

    with pytest.raises(AssertionError), opened_as_in_aws(database_url):
        database.current().run(work)


@pytest.mark.parametrize("statement", ["SELECT 1", "SELECT pg_advisory_xact_lock(1)", "BEGIN; COMMIT"])
def test_a_statement_that_leaves_nothing_in_the_session_passes(database_url: str, statement: str) -> None:
    with opened_as_in_aws(database_url):
        database.current().run(lambda own: own.execute(statement))
