"""Servers that a test may kill and restart, and shoppers who go on meanwhile."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.db import connection as database
from chalicelib.db import migrations, roles
from infra.local import postgres as embedded
from infra.local.postgres import Postgres
from tests.conftest import assert_balanced


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the data of a migrated server, to be copied: making it takes seconds."""
    folder = tmp_path_factory.mktemp("migrated")
    with embedded.running(folder / "data") as url, database.connect(url) as connection:
        migrations.apply(connection)
        roles.limit_current_role(connection)
        roles.ensure_application_role(connection)
    return folder


@pytest.fixture
def own_server(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """Run a migrated server of the test's own; afterwards every unit of every product must be in exactly one place."""
    folder = tmp_path_factory.mktemp("own-postgres")
    subprocess.run(["/bin/cp", "-a", f"{migrated}/.", folder], check=True)
    server = Postgres(folder / "data")
    try:
        server.start()
        yield server
        with database.connect(server.url) as connection:
            assert_balanced(connection)
    finally:
        server.stop()
