"""Lines of the functions' logs, made readable."""

import json
from datetime import datetime
from typing import Any

from infra.terminal import Terminal

LEVEL_COLOURS = {"ERROR": "red", "WARNING": "yellow", "INFO": "green"}
NOT_SHOWN = {
    "level",
    "location",
    "message",
    "timestamp",
    "service",
    "request_id",
    "xray_trace_id",
    "_aws",
    "arrived_ms",
}
LATER = {"exception", "exception_name", "stack_trace"}


def readable(terminal: Terminal, function: str, line: str) -> str:
    """Return time, function, level, message and fields of a JSON line, and other lines unchanged."""
    try:
        event = json.loads(line)
        start = f"{_clock(event['timestamp'])} {terminal.colour('cyan', f'{function:8}')}"
        level = event["level"]
        message = event["message"]
    except (ValueError, TypeError, KeyError):
        return f"{'':8} {terminal.colour('cyan', f'{function:8}')} {line}"
    colour = LEVEL_COLOURS.get(level, "grey")
    about = terminal.colour("grey", _about(event))
    return f"{start} {terminal.colour(colour, f'{level:7}')} {message}  {about}{_exception(event)}".rstrip()


def _clock(timestamp: str) -> str:
    """Return the local time of day."""
    return datetime.fromisoformat(timestamp).astimezone().strftime("%H:%M:%S")


def _about(event: dict[str, Any]) -> str:
    """Return the fields that are specific to the event, without the names of metrics, which begin with a capital."""
    return " ".join(
        f"{name}={value}" for name, value in event.items() if name not in NOT_SHOWN | LATER and not name[:1].isupper()
    )


def _exception(event: dict[str, Any]) -> str:
    """Return the traceback, indented below the line."""
    return "".join(f"\n{'':9}{line}" for line in str(event.get("exception", "")).splitlines())
