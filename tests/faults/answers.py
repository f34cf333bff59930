"""What the API would answer to work on the database, by its own table of problems."""

from collections.abc import Callable
from typing import Any

from psycopg import Connection

from chalicelib.api.problems import ANSWERABLE, KINDS
from chalicelib.db.connection import Database

DONE = 200
CREATED = 201
REFUSED = 409
BUSY = 503


def status(environment: Database, work: Callable[..., Any], *arguments: Any) -> int:
    """Return 200 or the status of the problem. What would be a 500 is raised."""
    try:
        environment.run(work, *arguments)
    except ANSWERABLE as error:
        return KINDS[type(error)].status
    return DONE


def one(connection: Connection) -> object:
    """Ask for anything."""
    return connection.execute("SELECT 1").fetchone()
