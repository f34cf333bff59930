"""The embedded PostgreSQL: durable, ours alone, and always startable again."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from infra.local import develop
from infra.local import postgres as embedded
from infra.local.ports import is_taken
from infra.local.postgres import Postgres
from infra.local.postgres_data import ensure_created, password_file
from infra.local.processes import working_in
from infra.local.run_state import RunState
from infra.problems import PlatformError


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with fresh data, to be copied: making it takes a second."""
    directory = tmp_path_factory.mktemp("fresh")
    ensure_created(directory / "data")
    return directory


@pytest.fixture
def server(fresh: Path, tmp_path: Path) -> Iterator[Postgres]:
    """One that runs, on data of its own."""
    subprocess.run(["/bin/cp", "-a", f"{fresh}/.", tmp_path], check=True)
    running = Postgres(tmp_path / "data")
    running.start()
    yield running
    embedded.stop(running.data_directory)
    running.stop()


@pytest.fixture(scope="module")
def settings(fresh: Path) -> dict[str, str]:
    """The settings of a server as it is started for `make run`."""
    with embedded.running(fresh / "data") as url, psycopg.connect(url) as connection:
        return dict(connection.execute("SELECT name, setting FROM pg_settings").fetchall())


def ask(url: str, question: str) -> object:
    """The first value of the answer."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[arg-type]  # a constant of this file
    return row[0] if row else None


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("server_version_num", "18"),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("max_connections", "300"),
        ("server_encoding", "UTF8"),
        ("TimeZone", "UTC"),
    ],
)
def test_it_is_set_up_for_data_that_matters(settings: dict[str, str], setting: str, value: str) -> None:
    assert settings[setting].startswith(value)


@pytest.mark.parametrize("password", ["", ":", ":guessed"])
def test_nobody_gets_in_without_the_password(server: Postgres, password: str) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"password"):
        ask(f"postgresql://postgres{password}@127.0.0.1:{server.port}/postgres", "SELECT 1")


def test_only_who_started_it_can_read_the_password(server: Postgres) -> None:
    file = password_file(server.data_directory)
    assert file.read_text() in server.url
    assert (file.stat().st_uid, file.stat().st_mode & 0o777) == (os.geteuid(), 0o600)
    assert [path.name for path in server.data_directory.parent.glob("*.password")] == [file.name]


def test_a_password_does_not_show_in_the_arguments_of_psql(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[list[object], dict[str, str]]] = []
    state = RunState(1, "", "", "", "postgresql://postgres:secret@127.0.0.1:54321/postgres", "", {})
    monkeypatch.setattr(develop, "required", lambda _: state)
    monkeypatch.setattr(develop, "_become", lambda arguments, variables, _: started.append((arguments, variables)))
    develop.psql()
    (arguments, variables) = started[0]
    assert "secret" not in str(arguments)
    assert variables.items() >= {"PGPASSWORD": "secret", "PGPORT": "54321", "PGUSER": "postgres"}.items()


def test_a_database_of_before_there_was_a_password_is_not_started(server: Postgres) -> None:
    server.stop()
    password_file(server.data_directory).unlink()
    with pytest.raises(PlatformError, match="`make reset`"):
        server.start()


def test_data_outlives_a_restart_at_the_same_address(server: Postgres) -> None:
    url = server.url
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    server.restart()
    assert server.url == url
    assert ask(server.url, "SELECT one FROM kept") == 1


def test_stopping_leaves_no_process_and_a_free_port(server: Postgres) -> None:
    with psycopg.connect(server.url):  # an idle session does not hold it up
        server.stop()
    assert working_in(server.data_directory, "postgres") == []
    assert not is_taken(server.port)


def test_it_starts_after_all_of_it_was_killed(server: Postgres) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    for pid in working_in(server.data_directory, "postgres"):
        os.kill(pid, signal.SIGKILL)
    with embedded.running(server.data_directory) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_server_that_nobody_stopped_is_stopped_by_the_next_start(server: Postgres) -> None:
    left_over = server.pid
    with embedded.running(server.data_directory) as url, psycopg.connect(url):
        assert not psutil.pid_exists(left_over)


def test_a_pid_file_that_names_some_other_process_is_no_obstacle(server: Postgres) -> None:
    server.stop()
    (server.data_directory / "postmaster.pid").write_text(
        f"{os.getppid()}\n{server.data_directory}\n0\n5432\n\n\n0 0\n"
    )
    server.start()
    assert ask(server.url, "SELECT 1") == 1


def test_a_data_directory_left_half_made_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "data.new" / "base").mkdir(parents=True)
    with embedded.running(tmp_path / "data") as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make folders that others cannot pass")
def test_root_can_keep_the_data_in_a_private_folder(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    with embedded.running(private / "data") as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert private.stat().st_mode & 0o777 == 0o701
