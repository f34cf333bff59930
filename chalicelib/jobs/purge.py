"""Purge: delete what is kept only for a while, to recognise a retry or a burst."""

from collections.abc import Callable
from functools import partial

from chalicelib.db import retention
from chalicelib.db.connection import Connection, Database
from chalicelib.errors import Busy
from chalicelib.jobs.schedule import in_batches
from chalicelib.log import logger

BATCH = 1_000  # rows deleted in one transaction
BATCHES = 10  # of each kind in one pass: holds that lapsed wait for it

# How each kind of row is deleted, at most so many at a time.
DELETIONS: dict[str, Callable[[Connection, int], int]] = {
    "idempotency keys": retention.delete_idempotency_keys,
    "guest token windows": retention.delete_guest_token_windows,
}


def purge(database: Database) -> int:
    """Delete idempotency keys older than a day and guest token windows older than an hour; return how many rows.

    Raises Busy. Anything else that is wrong with one kind is logged and does not keep the other.
    """
    return sum(_purge_or_log(database, kind) for kind in DELETIONS)


def _purge_or_log(database: Database, kind: str) -> int:
    try:
        deleted = in_batches(partial(database.run, DELETIONS[kind], BATCH), BATCH, BATCHES)
    except Busy:
        raise
    except Exception:  # the other kind may be well, and holds come before both
        logger.exception("purge failed", extra={"kind": kind})
        return 0
    if deleted:
        logger.info("purged", extra={"kind": kind, "deleted": deleted})
    return deleted
