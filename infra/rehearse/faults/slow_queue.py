"""Make SQS slow: LocalStack delays each message that a function sends."""

from pathlib import Path

from infra.local.executor import slow_queue as delays

DELAY_SECONDS = 1.5
"""Less than the 2 s for which the functions wait."""


def slow_queue(localstack_directory: Path, seconds: float) -> None:
    """Let SQS take DELAY_SECONDS for each message within the next `seconds`."""
    delays.request(localstack_directory, DELAY_SECONDS, seconds)
