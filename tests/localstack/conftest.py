"""The application deployed into the LocalStack of the session, once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest
from psycopg import Connection

from infra.local import settings
from infra.local.deploy import Deployment, deploy
from infra.local.localstack import LocalStack
from tests.conftest import assert_balanced
from tests.databases import named
from tests.localstack.deployed import BUS, Deployed

SERVICE = {
    "HOLD_SECONDS": "3",
    "SWEEP_INTERVAL_SECONDS": "1",
    "EVENT_BUS_NAME": BUS,
    "TOKEN_KEYS": f"test:{'-' * 32}",
}
VISIBILITY_SECONDS = 1
TIMEOUT_SECONDS = 10
"""Enough for two passes of what the schedule starts: it must not go on into the next test."""
DATABASE = "deployed"


@pytest.fixture(scope="session")
def deployed_database_url(postgres: str, administrator: Connection) -> str:
    """An empty database; deploying migrates it."""
    administrator.execute(f"CREATE DATABASE {DATABASE}")
    return named(postgres, DATABASE)


@pytest.fixture(scope="session")
def deployed(localstack: LocalStack, deployed_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """Everything as `make run` deploys it, with short holds; swept and published only when a test says so."""
    directory = tmp_path_factory.mktemp("deploy")
    chosen = settings.read(SERVICE)
    target = Deployment(
        localstack.url, deployed_database_url, chosen, directory, VISIBILITY_SECONDS, on_this_machine=True
    )
    system = Deployed(localstack.url, deploy(target), deployed_database_url)
    system.only_when_invoked(TIMEOUT_SECONDS)
    return system


@pytest.fixture
def api(deployed: Deployed) -> Iterator[httpx.Client]:
    """A client whose paths are the API's."""
    with httpx.Client(base_url=deployed.api_url, timeout=60) as client:
        yield client


@pytest.fixture
def rows(deployed: Deployed) -> Iterator[Connection]:
    """The database of the deployed application; afterwards every unit of every product is in exactly one place."""
    with psycopg.connect(deployed.database_url, autocommit=True) as connection:
        yield connection
        assert_balanced(connection)


@pytest.fixture
def shoppers() -> Iterator[ThreadPoolExecutor]:
    """Twenty who press at the same moment."""
    with ThreadPoolExecutor(20) as threads:
        yield threads
