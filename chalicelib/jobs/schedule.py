"""Passes: what a firing of the schedule does again and again until the next firing is due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chalicelib.db.connection import Connection, Database
from chalicelib.errors import Busy
from chalicelib.log import logger

PERIOD_SECONDS = 60  # EventBridge fires at most once a minute
MARGIN_SECONDS = 6  # left before the function's timeout: more than any one statement may take


@dataclass(frozen=True, slots=True)
class Timer:
    """The time of one invocation: milliseconds until the function's timeout, a steady clock in seconds, and waiting."""

    remaining: Callable[[], int]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]

    def has_time(self, after_seconds: float = 0) -> bool:
        """Return whether what is begun after so many seconds can end before the function's timeout."""
        return self.remaining() / 1000 - after_seconds >= MARGIN_SECONDS


def pass_until_next(interval_seconds: int, timer: Timer, works: Mapping[str, Callable[[], object]]) -> int:
    """Do every work, in order, every `interval_seconds` until the schedule fires again; return how many passes.

    A work that fails is logged by its name and stops neither the others nor the next passes.
    """
    began, passes = timer.monotonic(), 0
    for due in range(0, PERIOD_SECONDS, interval_seconds):
        wait = max(0.0, began + due - timer.monotonic())
        if not timer.has_time(wait):
            break
        timer.sleep(wait)
        for name, work in works.items():
            _try(name, work)
        passes += 1
    return passes


def in_batches(database: Database, work: Callable[[Connection], int], size: int) -> int:
    """Do work that deals with at most `size` rows at a time until fewer are left; return how many rows. Raises Busy."""
    done = 0
    while batch := database.run(work):
        done += batch
        if batch < size:
            break
    return done


def _try(name: str, work: Callable[[], object]) -> None:
    try:
        work()
    except Busy:
        logger.warning("pass failed: the database is not available", extra={"work": name})
    except Exception:  # whatever it was, the next pass may get further
        logger.exception("pass failed", extra={"work": name})
