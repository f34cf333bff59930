"""A real Postgres for every test that wants one: started once, a fresh database cloned for each test."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict

from chalicelib.db import connection as database
from chalicelib.db import journal, migrations, roles
from chalicelib.db.connection import Database
from infra.local import postgres as embedded
from infra.local.localstack import LocalStack, ensure_installed

TEMPLATE = "template_migrated"


def named(url: str, name: str) -> str:
    """Return the URL of another database of the same server."""
    parts = conninfo_to_dict(url)
    return f"postgresql://{parts['user']}@{parts['host']}:{parts['port']}/{name}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Run a server for the session; its URL."""
    # Not below pytest's folder: each run of root's closes it to the user that PostgreSQL runs as.
    with TemporaryDirectory(prefix="flash-sale-postgres-") as folder, embedded.running(Path(folder) / "data") as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # no test cuts the power of the machine
            connection.execute("SELECT pg_reload_conf()")
        yield url


@pytest.fixture(scope="session")
def localstack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Run a LocalStack that all tests share which leave it as they found it."""
    ensure_installed()
    localstack = LocalStack(tmp_path_factory.mktemp("localstack") / "run")
    localstack.start()
    yield localstack
    localstack.stop()


@pytest.fixture(scope="session")
def administrator(postgres: str) -> Iterator[Connection]:
    """Connect to the server's own database, to create and drop others."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def template(postgres: str, administrator: Connection) -> str:
    """Migrate a database once, to be cloned."""
    administrator.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
    with database.connect(named(postgres, TEMPLATE)) as connection:
        migrations.apply(connection)
    return TEMPLATE


@pytest.fixture
def database_url(postgres: str, administrator: Connection, template: str) -> Iterator[str]:
    """Clone the migrated database for one test, with the role's limits as in production."""
    name = f"test_{uuid4().hex}"
    identifier = sql.Identifier(name)
    administrator.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(identifier, sql.Identifier(template)))
    with database.connect(named(postgres, name)) as connection:
        roles.limit_current_role(connection)
    yield named(postgres, name)
    administrator.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """Connect to the test's database; afterwards every unit of every product must be in exactly one place."""
    with database.connect(database_url) as connection:
        yield connection
        assert_balanced(connection)


@pytest.fixture
def environment(database_url: str) -> Iterator[Database]:
    """Give an execution environment's database, closed after the test."""
    own = Database(database_url)
    yield own
    own.close()


def assert_balanced(connection: Connection) -> None:
    """Fail unless total = available + held + sold in every stock row, and the journal tells of the same units."""
    assert [line for line in journal.audit(connection) if not (line.balanced and line.journal_agrees)] == []


@pytest.fixture
def aws_settings(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Give boto3 what it needs to sign; the test says with AWS_ENDPOINT_URL whom it talks to."""
    import boto3

    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    for name in ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "us-east-1")
    return monkeypatch
