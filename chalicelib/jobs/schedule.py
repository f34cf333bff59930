"""The schedule: each invocation makes passes at an interval until the next invocation is due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count

from chalicelib.errors import Busy
from chalicelib.log import logger

PERIOD_SECONDS = 60  # the shortest interval of an EventBridge rule
MARGIN_SECONDS = 6  # kept free before the function's timeout: longer than statement_timeout


@dataclass(frozen=True, slots=True)
class Timer:
    """The clock of one invocation: milliseconds until its timeout, a monotonic clock in seconds, and sleep."""

    remaining: Callable[[], int]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]

    def has_time(self, after_seconds: float = 0) -> bool:
        """Return whether work that starts in `after_seconds` can end before the function's timeout."""
        return self.remaining() / 1000 - after_seconds >= MARGIN_SECONDS


def pass_until_next(interval_seconds: int, timer: Timer, steps: Mapping[str, Callable[[], object]]) -> int:
    """Run all steps in order every `interval_seconds` until the schedule fires again; return the number of passes.

    A failing step is logged with its name. The other steps and the next passes still run.
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
    except Exception:  # the next pass may succeed
        logger.exception("pass failed", extra={"step": name})
