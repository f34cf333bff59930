"""Servers that a test may kill and restart, and shoppers who go on meanwhile."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.db import connection as database
from chalicelib.db import migrations, roles
from infra.local import postgres as embedded
from infra.local.postgres import Postgres
from tests.conftest import assert_balanced, postgres_folder


@pytest.fixture(scope="session")
def migrated() -> Iterator[Path]:
    """A folder with the data of a migrated server, to be copied: making it takes seconds."""
    with postgres_folder() as folder:
        with embedded.running(folder / "data") as url, database.connect(url) as connection:
            migrations.apply(connection)
            roles.limit_current_role(connection)
            roles.ensure_application_role(connection)
        yield folder


@pytest.fixture
def own_server(migrated: Path) -> Iterator[Postgres]:
    """Run a migrated server of the test's own; afterwards every unit of every product must be in exactly one place."""
    with postgres_folder() as folder:
        subprocess.run(["/bin/cp", "-a", f"{migrated}/.", folder], check=True)
        server = Postgres(folder / "data")
        try:
            server.start()
            yield server
            with database.connect(server.url) as connection:
                assert_balanced(connection)
        finally:
            server.stop()
