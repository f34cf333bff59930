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
    """Return time, function, level, message and fields of a JSON line, metrics by name, and other lines unchanged."""
    name = terminal.colour("cyan", f"{function:8}")
    try:
        event = json.loads(line)
        if "message" not in event:
            return _metrics(terminal, name, event)
        start = f"{_clock(event['timestamp'])} {name}"
        level = event["level"]
        message = event["message"]
    except (ValueError, TypeError, KeyError):
        return f"{'':8} {name} {line}"
    colour = LEVEL_COLOURS.get(level, "grey")
    about = terminal.colour("grey", _about(event))
    return f"{start} {terminal.colour(colour, f'{level:7}')} {message}  {about}{_exception(event)}".rstrip()


def _metrics(terminal: Terminal, name: str, event: dict[str, Any]) -> str:
    """Return a line that is nothing but metrics (Embedded Metric Format). Raises KeyError if it is something else."""
    at = datetime.fromtimestamp(event["_aws"]["Timestamp"] / 1000).astimezone()
    named = {
        metric["Name"]: event[metric["Name"]]
        for each in event["_aws"]["CloudWatchMetrics"]
        for metric in each["Metrics"]
    }
    values = " ".join(f"{metric}={_value(value)}" for metric, value in named.items())
    start = f"{at:%H:%M:%S} {name} {terminal.colour('grey', 'METRICS')}"
    return f"{start} {values}  {terminal.colour('grey', _about(event))}".rstrip()


def _value(value: Any) -> str:
    """Return the one value of a metric, or how many there are with the smallest and the largest."""
    values = value if isinstance(value, list) else [value]
    if len(values) == 1:
        return f"{values[0]:g}"
    return f"{len(values)} values from {min(values):g} to {max(values):g}"


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
