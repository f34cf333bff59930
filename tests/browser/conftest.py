"""The whole system as `make run` starts it, and browsers that use it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from psycopg import Connection

from chalicelib.catalog import sample_data
from infra.local import signing_keys
from infra.local.postgres import Postgres
from infra.tokens import TOKEN_KEYS, issue_admin_token
from tests.browser.browsers import browser_context_args as browser_context_args
from tests.browser.browsers import browser_type_launch_args as browser_type_launch_args
from tests.browser.browsers import frontend as frontend
from tests.browser.desk import Desk
from tests.browser.shop import Shop
from tests.browser.system import running
from tests.conftest import memory_folder, postgres_folder


@pytest.fixture(scope="session")
def database() -> Iterator[Postgres]:
    """A Postgres server that tests can stop and start."""
    with postgres_folder(memory_folder()) as folder:
        server = Postgres(folder / "postgres")
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def run_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run directory of the platform."""
    return tmp_path_factory.mktemp("run")


@pytest.fixture(scope="session")
def system(database: Postgres, run_directory: Path) -> Iterator[str]:
    """Start the platform and return the shop's address."""
    with running(run_directory, database.url) as address:
        yield address


# Those that refer to another one come before it.
TABLES = (
    *("waiters", "settled_refunds", "payments", "idempotency_keys", "reservations", "stock"),
    *("admin_changes", "products", "refusals"),
)


@pytest.fixture
def rows(system: str, database: Postgres) -> Iterator[Connection]:  # noqa: ARG001 - it migrates the database
    """Connect to the shop's database, with the six sample products and all units available."""
    with psycopg.connect(database.url, autocommit=True) as connection:
        with connection.transaction():
            for table in TABLES:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - no text from outside
            connection.execute("SET LOCAL session_replication_role = replica")  # the journal is only appended to
            connection.execute("DELETE FROM journal")
            connection.execute("SET LOCAL session_replication_role = origin")
        sample_data.load(connection)
        yield connection


@pytest.fixture(autouse=True)
def _balanced(rows: Connection, database: Postgres) -> Iterator[None]:  # noqa: ARG001 - what is balanced
    """Check after each test that every unit is in exactly one place."""
    yield
    with psycopg.connect(database.url) as connection:
        assert connection.execute("SELECT * FROM stock_balance WHERE NOT balanced").fetchall() == []


@pytest.fixture(scope="session")
def base_url(system: str) -> str:
    """The shop's address."""
    return system


@pytest.fixture
def shop(page: Page) -> Shop:
    """The shop, open in the test's browser."""
    return Shop(page).open()


@pytest.fixture
def another_shopper(browser: Browser, base_url: str) -> Iterator[Shop]:
    """The shop, open in the browser of a second shopper."""
    context: BrowserContext = browser.new_context(base_url=base_url, reduced_motion="reduce")
    yield Shop(context.new_page()).open()
    context.close()


@pytest.fixture(scope="session")
def admin_token(system: str, run_directory: Path) -> str:  # noqa: ARG001 - it makes the keys
    """A token of an admin, signed with the keys of the functions."""
    return issue_admin_token({TOKEN_KEYS: (run_directory / signing_keys.FILE).read_text()})


@pytest.fixture
def desk(page: Page, admin_token: str) -> Desk:
    """The desk, signed in."""
    return Desk(page).sign_in(admin_token)


@pytest.fixture
def reserve(base_url: str) -> Callable[[str], httpx.Response]:
    """Reserve a unit of a product for a shopper without a token."""
    known = {each["name"]: each["id"] for each in httpx.get(f"{base_url}/api/products").json()}

    def send(product: str) -> httpx.Response:
        body = {"productId": known[product], "quantity": 1}
        return httpx.post(f"{base_url}/api/reservations", json=body, timeout=30)

    return send
