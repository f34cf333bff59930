"""Purge: delete old idempotency keys, old counts of guest tokens and old counts of refusals."""

from collections.abc import Callable
from functools import partial

from chalicelib.db import retention
from chalicelib.db.connection import Connection, Database
from chalicelib.errors import Busy
from chalicelib.jobs.schedule import in_batches
from chalicelib.log import logger

BATCH = 1_000  # rows deleted in one transaction
BATCHES = 10  # of each kind in one pass: holds that lapsed wait for it

# By the kind of row, a function that deletes at most so many rows.
DELETIONS: dict[str, Callable[[Connection, int], int]] = {
    "idempotency keys": retention.delete_idempotency_keys,
    "guest token windows": retention.delete_guest_token_windows,
    "refusals": retention.delete_refusals,
}


def purge(database: Database) -> int:
    """Delete idempotency keys older than a day, and other rows older than an hour; return the number of rows.

    Raises Busy. Any other error of one kind of row is logged, and the other kinds are still deleted.
    """
    return sum(_purge_or_log(database, kind) for kind in DELETIONS)


def _purge_or_log(database: Database, kind: str) -> int:
    try:
        deleted = in_batches(partial(database.run, DELETIONS[kind], BATCH), BATCH, BATCHES)
    except Busy:
        raise
    except Exception:  # must not stop the other kinds, nor the sweep
        logger.exception("purge failed", extra={"kind": kind})
        return 0
    if deleted:
        logger.info("purged", extra={"kind": kind, "deleted": deleted})
    return deleted
