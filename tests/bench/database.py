"""The server of a run, and a fresh database for each figure."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

import psycopg
from psycopg import sql

from infra.local.postgres import Postgres
from infra.paths import LOCAL
from tests.bench.environment import Environment
from tests.bench.relay import relaying
from tests.bench.side_by_side import alone

DIRECTORY = LOCAL / "bench"
MICROSECONDS = 1_000_000


class Server:
    """A PostgreSQL of the project with its data on this machine's disk and `fsync` on."""

    def __init__(self, directory: Path) -> None:
        self._postgres = Postgres(directory)

    def start(self) -> None:
        """Start it."""
        self._postgres.start()

    def stop(self) -> None:
        """Stop it."""
        self._postgres.stop()

    @contextmanager
    def database(self) -> Iterator[str]:
        """Make a database, brought up to date by the application; gives its address. At the end all must balance."""
        name = f"bench_{uuid4().hex}"
        self._execute(f"CREATE DATABASE {name}")
        url = self._url(name)
        alone(lambda: Environment(url).migrate())
        yield url
        refuse_unless_balanced(url)
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def far(self, url: str, round_trip_seconds: float, commit_seconds: float) -> Iterator[str]:
        """Add time to each round trip and each commit of a database; gives the address to reach it by.

        `commit_delay` holds back each flush of the write-ahead log, with `commit_siblings` = 0 in a lone commit too.
        Commits that come meanwhile share the next flush, as they do on slow storage.
        """
        self._set("commit_siblings", 0)
        self._set("commit_delay", round(commit_seconds * MICROSECONDS))
        try:
            with relaying(self._postgres.port, round_trip_seconds) as port:
                yield url.replace(f":{self._postgres.port}/", f":{port}/")
        finally:
            self._set("commit_delay", 0)

    def version(self) -> str:
        """Return PostgreSQL's version."""
        with psycopg.connect(self._postgres.url) as connection:
            return str(connection.info.parameter_status("server_version"))

    def _set(self, name: str, value: int) -> None:
        statement = sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
        self._execute(statement)
        self._execute("SELECT pg_reload_conf()")

    def _execute(self, statement: str | sql.Composable) -> None:
        with psycopg.connect(self._postgres.url, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type] # put together from names of our own

    def _url(self, name: str) -> str:
        return f"{self._postgres.url.rpartition('/')[0]}/{name}"


@contextmanager
def running() -> Iterator[Server]:
    """Run a server on a fresh data directory for as long as the block runs."""
    directory = DIRECTORY / "data"
    server = Server(directory)
    rmtree(directory, ignore_errors=True)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        rmtree(directory, ignore_errors=True)


def refuse_unless_balanced(url: str) -> None:
    """Raise AssertionError unless each product's units are all available, held or sold: a fast wrong answer is none."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute("SELECT count(*) FROM stock_balance WHERE NOT balanced").fetchone()
    if row != (0,):
        raise AssertionError(f"Products whose units do not add up: {row and row[0]}.")
