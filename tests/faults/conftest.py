"""Servers that a test may kill and restart, and shoppers who go on meanwhile."""

from collections.abc import Iterator

import pytest

from chalicelib.db import connection as database
from chalicelib.db import migrations, roles
from infra.local.postgres import Postgres
from tests.conftest import assert_balanced


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """Run a migrated server of the test's own; afterwards every unit of every product must be in exactly one place."""
    server = Postgres(tmp_path_factory.mktemp("own-postgres") / "data")
    try:
        server.start()
        with database.connect(server.url) as connection:
            migrations.apply(connection)
            roles.limit_current_role(connection)
        yield server
        with database.connect(server.url) as connection:
            assert_balanced(connection)
    finally:
        server.stop()
