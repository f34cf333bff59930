"""Databases for tests: clones of one that was migrated once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import uuid4

from psycopg import Connection, sql


def named(url: str, name: str) -> str:
    """Return the URL of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@dataclass(frozen=True, slots=True)
class Clones:
    """Databases cloned from the migrated one."""

    postgres: str
    administrator: Connection
    template: str
    ended: list[str] = field(default_factory=list)

    @contextmanager
    def clone(self) -> Iterator[str]:
        """Clone a database with the role's limits, as in production. Gives its URL.

        It is dropped when the next one is cloned: while a session in it is still ending, PostgreSQL sleeps for 100 ms.
        """
        name = f"test_{uuid4().hex}"
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self.administrator.execute(create.format(sql.Identifier(name), sql.Identifier(self.template)))
        self.administrator.execute(  # those of the template, which a clone does not inherit
            "INSERT INTO pg_db_role_setting SELECT clone.oid, setrole, setconfig FROM pg_db_role_setting AS setting"
            " JOIN pg_database AS template ON template.oid = setdatabase AND template.datname = %s"
            " JOIN pg_database AS clone ON clone.datname = %s",
            [self.template, name],
        )
        self.drop_ended()
        yield named(self.postgres, name)
        self.ended.append(name)

    def drop_ended(self) -> None:
        """Drop the clones that are no longer used."""
        while self.ended:
            drop(self.administrator, self.ended.pop())


def drop(administrator: Connection, name: str) -> None:
    """Drop a database, whoever is connected to it."""
    administrator.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
