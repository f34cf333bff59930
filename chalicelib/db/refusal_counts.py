"""Refused reserve requests, counted in memory and written to the database for the sale desk about once a second.

A refusal locks and writes nothing in the database, so that refusing is cheap. What an environment has counted since it
last wrote is missing from the desk until its next request.
"""

import math
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from uuid import UUID

from chalicelib.db import refusals
from chalicelib.db.connection import Database
from chalicelib.errors import Busy
from chalicelib.log import logger

SECONDS_BETWEEN_WRITES = 1
SECONDS_KEPT = 60  # the desk shows the last minute: what is written later would be shown in the wrong one
KEYS_MAX = 100  # pairs of product and reason at a time; a request may name any product


class RefusalCounts:
    """The requests that an environment has refused and not yet written."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds."""
        self._clock = clock
        self._counts: Counter[tuple[UUID, str]] = Counter()
        self._written_at = -math.inf

    def add(self, product_id: UUID, reason: str) -> None:
        """Count a request."""
        if self._clock() - self._written_at > SECONDS_KEPT:
            self._counts.clear()
        if len(self._counts) < KEYS_MAX or (product_id, reason) in self._counts:
            self._counts[product_id, reason] += 1

    def write_if_due(self, database: Database) -> None:
        """Write what was counted, unless that was done less than a second ago, and count from zero again.

        Opens no connection: a request that found the database away does not wait for it once more. A failure is logged,
        and what should have been written is lost.
        """
        now = self._clock()
        if not self._counts or not database.is_open or now - self._written_at < SECONDS_BETWEEN_WRITES:
            return
        counts, self._counts, self._written_at = self._counts, Counter(), now
        try:
            database.run(refusals.add, counts)
        except Busy:
            return  # `run` has logged it
        except Exception:  # the request has its reply; it must not fail for want of a count
            logger.exception("refusals not counted")


@cache
def current() -> RefusalCounts:
    """Return the counts of this execution environment."""
    return RefusalCounts()
