"""The messages between the parts of the executor."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100
"""AWS allows 6 MB and a little for the envelope."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function's configuration."""

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
    """One invocation of a function."""

    request_id: str
    function_arn: str
    trace_id: str
    payload: bytes
    deadline: float
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of an invocation, for its caller and for its log."""

    payload: bytes
    failed: bool
    logs: str


@dataclass(frozen=True, slots=True)
class Ready:
    """The process has imported its handler and asks for an invocation."""


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
    """The process can't take another invocation."""


@dataclass(frozen=True, slots=True)
class TimedOut:
    """Nothing happened until the deadline."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The process has ended; `reason` is in AWS's words."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """LocalStack has stopped the environment."""


Event = Ready | InitFailed | Answered | TimedOut | Ended | Stopped


def error_payload(kind: str, message: str) -> bytes:
    """Return an error in the format in which Lambda returns it to the caller."""
    return json.dumps({"errorType": kind, "errorMessage": message}).encode()
