"""`make stop` and `make reset`."""

import os
import shutil
import signal
import time
from contextlib import suppress

from infra import environment
from infra.local import signing_keys
from infra.local.platform import end_left_overs
from infra.local.run_state import runner
from infra.problems import PlatformError
from infra.terminal import Terminal

SECONDS_TO_STOP = 60
DATA = ("postgres", "postgres.log", "postgres.password", "localstack", "deploy", "logs", signing_keys.FILE)


def stop() -> None:
    """End the run under way, or what a killed one left behind."""
    directory = environment.run_directory()
    pid = runner(directory)
    if pid is None:
        end_left_overs(directory)
        Terminal().say("Nothing is running.")
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + SECONDS_TO_STOP
    while runner(directory) is not None:
        if time.monotonic() > deadline:
            raise PlatformError(f"The run (process {pid}) does not end within {SECONDS_TO_STOP} s.")
        time.sleep(0.1)
    Terminal().say("Stopped.")


def reset() -> None:
    """Stop, then forget all data and logs; what is installed stays."""
    stop()
    directory = environment.run_directory()
    for name in DATA:
        path = directory / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    Terminal().say("The data is gone; the next `make run` starts with the sample products.")
