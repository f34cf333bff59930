"""Doing several things at once, where the first failure or Ctrl-C ends all of them."""

from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

from infra.local import commands


def run_all(*tasks: Callable[[], None]) -> None:
    """Run the tasks in threads until all have ended; raises what the first one to fail raised."""
    with ThreadPoolExecutor(len(tasks)) as threads:
        futures = [threads.submit(task) for task in tasks]
        try:
            failed = [future for future in wait(futures, return_when=FIRST_EXCEPTION).done if future.exception()]
            for future in failed:
                future.result()
        except BaseException:
            commands.end_all()
            raise
