"""Migrations: in order, once, by one caller at a time; sample data once."""

import json
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg import Connection, conninfo, sql

from chalicelib import config
from chalicelib.aws import secrets
from chalicelib.catalog import sample_data
from chalicelib.config import Config
from chalicelib.db import connection as database
from chalicelib.db import migrations, roles
from chalicelib.errors import ConfigurationError
from chalicelib.jobs.migrate import migrate
from tests.database.first_version import apply_first
from tests.databases import drop, named
from tests.http.shop import SETTINGS
from tests.logs import facts, logged
from tests.rivals import Rival, at_once

pytestmark = pytest.mark.slow

ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1"


@pytest.fixture
def empty_url(postgres: str, administrator: Connection) -> Iterator[str]:
    """Give a database that nothing has been applied to."""
    name = f"empty_{uuid4().hex}"
    administrator.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield named(postgres, name)
    drop(administrator, name)


def applied(url: str) -> list[str]:
    with database.connect(url) as own:
        return [name for (name,) in own.execute("SELECT name FROM schema_migrations ORDER BY name")]


def settings(url: str) -> Config:
    return config.parse({**SETTINGS, "DATABASE_URL": url})


def test_are_applied_once(empty_url: str) -> None:
    first, second = (migrate(settings(empty_url), with_sample_data=False) for _ in range(2))
    assert first["applied"] == applied(empty_url)
    assert first["applied"][0] == "0001_products_stock_reservations"
    assert second["applied"] == []


def test_callers_at_the_same_time_apply_each_once(empty_url: str) -> None:
    outcomes = at_once(empty_url, [migrations.apply] * 4)
    assert sorted(outcomes, key=str, reverse=True) == [[], [], [], applied(empty_url)]


def test_sample_data_is_loaded_only_where_asked_for_and_once(empty_url: str) -> None:
    added = [migrate(settings(empty_url), with_sample_data=wanted)["sampleProducts"] for wanted in (False, True, True)]
    assert added == [0, len(sample_data.PRODUCTS), 0]


def test_sample_data_is_not_reset_by_loading_it_again(connection: Connection) -> None:
    sample_data.load(connection)
    connection.execute("UPDATE products SET price = 1")
    sample_data.load(connection)
    assert connection.execute("SELECT DISTINCT price::integer FROM products").fetchall() == [(1,)]


def test_sample_products_of_earlier_versions_get_their_drawings(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [name for name, _ in migrations._files()]
    with database.connect(empty_url) as own:
        apply_first(own, names.index("0017_goods"), monkeypatch)
        own.cursor().executemany(
            "INSERT INTO products (id, name, price) VALUES (%s, %s, 1)",
            [(sample.id, sample.name) for sample in sample_data.PRODUCTS] + [(uuid4(), "Saxophone")],
        )
        migrations.apply(own)
        drawn = dict(own.execute("SELECT name, illustration FROM products").fetchall())
    assert drawn == {"Saxophone": None, **{sample.name: sample.illustration for sample in sample_data.PRODUCTS}}


def test_a_failing_one_leaves_nothing_behind(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [("0001_good", "CREATE TABLE good ()"), ("0002_bad", "CREATE TABLE half (); SELECT 1 / 0")]
    monkeypatch.setattr(migrations, "_files", lambda: files)
    with database.connect(empty_url) as own, pytest.raises(psycopg.errors.DivisionByZero):
        migrations.apply(own)
    assert applied(empty_url) == ["0001_good"]
    with database.connect(empty_url) as own:
        assert own.execute("SELECT to_regclass('half')").fetchone() == (None,)


def test_an_index_that_was_not_finished_is_built_again(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    index = "-- outside a transaction\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS once ON twins (n)"
    files = [("0001_twins", "CREATE TABLE twins (n) AS VALUES (1), (1)"), ("0002_index", index)]
    monkeypatch.setattr(migrations, "_files", lambda: files)
    monkeypatch.setattr(migrations, "install", lambda _: None)
    with database.connect(empty_url) as own:
        with pytest.raises(psycopg.errors.UniqueViolation):
            migrations.apply(own)
        own.execute("DELETE FROM twins")
        assert migrations.apply(own) == ["0002_index"]
        assert own.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'once'::regclass").fetchone() == (True,)


def test_an_unfinished_index_is_dropped_although_somebody_reads(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = "-- outside a transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS once ON twins (n)"
    table = "CREATE TABLE twins (n) AS VALUES (1); CREATE INDEX once ON twins (n)"
    files = [("0001_twins", table), ("0002_index", index)]
    monkeypatch.setattr(migrations, "install", lambda _: None)
    monkeypatch.setattr(migrations, "_files", lambda: files[:1])
    with database.connect(empty_url) as own, Rival(empty_url) as migrator:
        migrations.apply(own)
        own.execute("CREATE SCHEMA other; CREATE TABLE other.twins (n) AS VALUES (1)")
        own.execute("CREATE INDEX unfinished ON other.twins (n)")
        own.execute("UPDATE pg_index SET indisvalid = false WHERE indrelid::regclass::text LIKE '%twins'")
        monkeypatch.setattr(migrations, "_files", lambda: files)
        with own.transaction():
            own.execute("SELECT FROM twins")
            migrator.start(migrations.apply)
        assert migrator.result() == ["0002_index"]
        assert own.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'once'::regclass").fetchone() == (True,)


def test_one_that_is_ended_by_a_deadlock_is_tried_again(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "RETRY_SECONDS", 0)
    monkeypatch.setattr(migrations, "LOCK_TIMEOUT", "1min")
    files = [("0001_tables", "CREATE TABLE one (); CREATE TABLE two ()"), ("0002_change", "LOCK one; LOCK two")]
    monkeypatch.setattr(migrations, "install", lambda _: None)
    monkeypatch.setattr(migrations, "_files", lambda: files[:1])
    with database.connect(empty_url) as own, Rival(empty_url) as migrator:
        migrations.apply(own)
        monkeypatch.setattr(migrations, "_files", lambda: files)
        own.execute("SET deadlock_timeout = '1min'")  # the migrator finds the deadlock
        with own.transaction():
            own.execute("LOCK two IN ROW SHARE MODE")
            migrator.start(migrations.apply)
            own.execute("LOCK one IN ROW SHARE MODE")
        assert migrator.result() == ["0002_change"]


def test_a_database_newer_than_the_code_is_refused(connection: Connection) -> None:
    connection.execute("INSERT INTO schema_migrations (name) VALUES ('9999_from_the_future')")
    with pytest.raises(ConfigurationError, match="9999_from_the_future"):
        migrations.apply(connection)


def test_limit_the_role_in_the_database_they_are_applied_to(empty_url: str) -> None:
    migrate(settings(empty_url), with_sample_data=False)
    with database.connect(empty_url) as own:
        limits = {name: own.execute("SELECT current_setting(%s)", [name]).fetchone() for name in roles.SETTINGS}
    assert limits == {name: (value,) for name, value in roles.SETTINGS.items()}


def test_what_was_done_is_logged(empty_url: str) -> None:
    with logged() as lines:
        done = migrate(settings(empty_url), with_sample_data=True)
    assert facts(lines.about("migrated")) == {
        "level": "INFO",
        "message": "migrated",
        "applied": done["applied"],
        "sample_products": len(sample_data.PRODUCTS),
    }


def test_with_the_owner_s_password_from_a_secret_the_application_role_gets_its_grants(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = conninfo.conninfo_to_dict(empty_url)
    monkeypatch.setattr(secrets, "read", {ARN: json.dumps({"password": owner["password"]})}.__getitem__)
    without_password = empty_url.replace(f":{owner['password']}@", "@")
    given = {**SETTINGS, "DATABASE_URL": without_password, "DATABASE_AUTH": "secret", "DATABASE_SECRET_ARN": ARN}
    migrate(config.parse(given), with_sample_data=False)
    assert may_reserve(empty_url)


def test_otherwise_only_the_owner_connects(empty_url: str) -> None:
    migrate(settings(empty_url), with_sample_data=False)
    assert not may_reserve(empty_url)


def may_reserve(url: str) -> bool:
    """Return whether the application role may write reservations."""
    with database.connect(url) as own:
        query = "SELECT count(*) FROM information_schema.role_table_grants WHERE (grantee, table_name) = (%s, %s)"
        row = own.execute(query, [roles.APPLICATION_ROLE, "reservations"]).fetchone()
        return row != (0,)
