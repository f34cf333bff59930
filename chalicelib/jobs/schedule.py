"""The schedule: each firing makes passes at an interval until the next firing is due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count

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


def pass_until_next(interval_seconds: int, timer: Timer, steps: Mapping[str, Callable[[], object]]) -> int:
    """Run every step, in order, every `interval_seconds` until the schedule fires again; return how many passes.

    A step that fails is logged by its name and stops neither the others nor the next passes.
    """
    began, passes = timer.monotonic(), 0
    for due in range(0, PERIOD_SECONDS, interval_seconds):
        wait = max(0.0, began + due - timer.monotonic())
        if not timer.has_time(wait):
            break
        timer.sleep(wait)
        for name, step in steps.items():
            _try(name, step)
        passes += 1
    return passes


def in_batches(run_batch: Callable[[], int], size: int, at_most: int | None = None) -> int:
    """Run batches of at most `size` rows until one has fewer, or `at_most` batches; return how many rows.

    Raises what `run_batch` raises.
    """
    done = 0
    for _ in count() if at_most is None else range(at_most):
        batch = run_batch()
        done += batch
        if batch < size:
            break
    return done


def _try(name: str, step: Callable[[], object]) -> None:
    try:
        step()
    except Busy:
        logger.warning("pass failed: the database is not available", extra={"step": name})
    except Exception:  # the next pass may get further
        logger.exception("pass failed", extra={"step": name})
