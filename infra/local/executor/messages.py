"""What the parts of the executor tell each other."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100
"""AWS allows 6 MB and a little for the envelope."""


@dataclass(frozen=True, slots=True)
class Function:
    """What is known of a function before it runs."""

    name: str
    version: str
    handler: str
    code: Path
    """The unpacked deployment package."""
    timeout: float
    """Seconds an invocation may take."""
    memory: int
    """Megabytes; reported, not enforced."""
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Invocation:
    """One piece of work for a function."""

    request_id: str
    function_arn: str
    trace_id: str
    payload: bytes
    deadline: float
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an invocation ended, for its caller and for its log."""

    payload: bytes
    failed: bool
    logs: str


@dataclass(frozen=True, slots=True)
class Ready:
    """The process has imported its handler and asks for work."""


@dataclass(frozen=True, slots=True)
class InitFailed:
    """The process could not import its handler."""

    error: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """The handler returned or raised."""

    request_id: str
    body: bytes
    failed: bool
    last: bool = False
    """The process is not fit for more work."""


@dataclass(frozen=True, slots=True)
class TimedOut:
    """Nothing happened until the deadline."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The process is gone; `reason` is in AWS's words."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """LocalStack wants the environment gone."""


Event = Ready | InitFailed | Answered | TimedOut | Ended | Stopped


def error_payload(kind: str, message: str) -> bytes:
    """An error as Lambda hands it to the caller."""
    return json.dumps({"errorType": kind, "errorMessage": message}).encode()
