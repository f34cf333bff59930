"""A real Postgres for every test that wants one: started once, a fresh database cloned for each test."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest
from _pytest.terminal import TerminalReporter
from psycopg import Connection, sql
from xdist.remote import Producer
from xdist.workermanage import WorkerController

from chalicelib.db import connection as database
from chalicelib.db import journal, migrations, roles
from chalicelib.db.connection import Database
from chalicelib.jobs import measure
from infra.local import postgres as embedded
from infra.local.localstack import LocalStack, ensure_installed
from infra.paths import LOCAL
from tests import scheduling, soaking
from tests.databases import Clones, drop, named
from tests.soaking import effort as effort  # a fixture

MEMORY = Path("/dev/shm")  # noqa: S108 - below it a folder of its own is made
MEMORY_BYTES_MIN = 2 * 1024**3
SECONDS_TO_CONNECT = 30


def pytest_configure() -> None:
    """Keep temporary files in the checkout: pytest closes its folder under /tmp to PostgreSQL's user in each run."""
    temporary = LOCAL / "pytest"
    temporary.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(temporary))  # noqa: TID251 - pytest has no other setting


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the groups of tests that take longest first."""
    scheduling.order(items)


def pytest_collection_finish() -> None:
    """Keep the garbage collector from looking at the tests themselves again and again."""
    gc.freeze()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> scheduling.Groups:
    """Give each group of tests to one worker of `pytest -n`."""
    return scheduling.Groups(config, log)


def pytest_testnodedown(node: WorkerController) -> None:
    """Note when a worker ends."""
    scheduling.note_end(node)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the URL of a running PostgreSQL, as `python -m tests.mutants` has one for many runs, and a soak's length."""
    parser.addoption("--postgres", help="URL of a PostgreSQL to use instead of starting one")
    soaking.add_option(parser)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print when the workers ended, and what a soak has shown."""
    scheduling.print_ends(terminalreporter)
    soaking.print_summary(terminalreporter)


@pytest.fixture(scope="session", autouse=True)
def _patient() -> Iterator[None]:
    """Wait long for a connection: on a busy machine a server may take more than the 3 s of production."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "CONNECT_TIMEOUT_SECONDS", SECONDS_TO_CONNECT)
        yield


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Iterator[str]:
    """Run a server for the session; its URL."""
    running = pytestconfig.getoption("--postgres")
    with nullcontext(running) if running else server() as url:
        yield url


@contextmanager
def server() -> Iterator[str]:
    """Run a PostgreSQL for tests; its URL."""
    with postgres_folder(memory_folder()) as folder, embedded.running(folder / "data") as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # no test cuts the power of the machine
            connection.execute("SELECT pg_reload_conf()")
        yield url


@contextmanager
def postgres_folder(parent: str | None = None) -> Iterator[Path]:
    """Make a folder for a server's data, not below pytest's: each run of root's closes that to PostgreSQL's user."""
    with TemporaryDirectory(prefix="flash-sale-postgres-", dir=parent) as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def memory_folder() -> str | None:
    """Return a folder in memory if the machine has one with room; a database is cloned there in a tenth of the time."""
    return str(MEMORY) if MEMORY.is_dir() and disk_usage(MEMORY).free > MEMORY_BYTES_MIN else None


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
def template(postgres: str, administrator: Connection) -> Iterator[str]:
    """Migrate a database once, to be cloned."""
    name = f"template_{uuid4().hex}"
    administrator.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with database.connect(named(postgres, name)) as connection:
        migrations.apply(connection)
        roles.limit_current_role(connection)
        roles.ensure_application_role(connection)
    yield name
    drop(administrator, name)


@pytest.fixture(scope="session")
def clones(postgres: str, administrator: Connection, template: str) -> Iterator[Clones]:
    """Give clones of the migrated database; the last one is dropped at the end."""
    clones = Clones(postgres, administrator, template)
    yield clones
    clones.drop_ended()


@pytest.fixture
def database_url(clones: Clones) -> Iterator[str]:
    """Clone the migrated database for one test."""
    with clones.clone() as url:
        yield url


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """Connect to the test's database; afterwards every unit of every product must be in exactly one place."""
    with database.connect(database_url) as connection:
        yield connection
        connection.execute("SET statement_timeout = 0")  # the audit reads whole tables, and a soak fills them
        assert_balanced(connection)


@pytest.fixture
def environment(database_url: str) -> Iterator[Database]:
    """Give the database of a new execution environment, closed after the test."""
    measure.current.cache_clear()
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
