"""SQS that takes its time, while a file in the run directory says so. `make rehearse` writes the file."""

import json
import time
from functools import wraps
from pathlib import Path
from typing import Any

FILE = "slow-queue.json"


def request(run_directory: Path, delay: float, seconds: float) -> None:
    """Let each message sent within the next `seconds` take `delay` seconds."""
    draft = run_directory / f"{FILE}.new"
    draft.write_text(json.dumps({"delay": delay, "until": time.time() + seconds}))
    draft.rename(run_directory / FILE)


def delay_of(run_directory: Path) -> float:
    """Return the seconds that a message takes now."""
    try:
        wanted = json.loads((run_directory / FILE).read_text())
    except FileNotFoundError:
        return 0
    return float(wanted["delay"]) if time.time() < wanted["until"] else 0


def install(run_directory: Path) -> None:
    """Let SQS look for the file at each message."""
    from localstack.services.sqs.provider import SqsProvider  # only here: `request` runs without LocalStack

    send = SqsProvider.send_message

    @wraps(send)
    def send_slowly(*arguments: Any, **named: Any) -> Any:
        time.sleep(delay_of(run_directory))
        return send(*arguments, **named)

    SqsProvider.send_message = send_slowly
