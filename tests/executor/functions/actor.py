"""A function that does what its event says, so that the tests can watch what becomes of it."""

import importlib
import json
import os
import socket
import subprocess
import sys
from typing import Any

print("loaded")  # noqa: T201 - what a function prints is what is tested

COUNT = {"invocations": 0}


def handler(event: dict[str, Any], context: Any) -> Any:
    """The name of the action is in `do`; what else is in the event is for the action."""
    COUNT["invocations"] += 1
    return globals()[event["do"]](event, context)


def echo(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Everything a caller may want to know."""
    return {
        "event": event,
        "pid": os.getpid(),
        "invocations": COUNT["invocations"],
        "request_id": context.aws_request_id,
        "milliseconds_left": context.get_remaining_time_in_millis(),
    }


def environment(_event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """What surrounds the function."""
    return {"variables": dict(os.environ), "path": sys.path}  # noqa: TID251 - the subject of the test


def say(event: dict[str, Any], _context: Any) -> None:
    """Print lines to stdout and one to stderr."""
    for line in event["lines"]:
        print(line)  # noqa: T201
    print("to stderr", file=sys.stderr)  # noqa: T201


def load(event: dict[str, Any], _context: Any) -> str | None:
    """Where a module comes from."""
    return importlib.import_module(event["module"]).__file__


def fail(event: dict[str, Any], _context: Any) -> None:
    """Raise."""
    raise ValueError(event["message"])


def leave(event: dict[str, Any], _context: Any) -> None:
    """End the process in the middle of the work."""
    print("leaving", flush=True)  # noqa: T201
    os._exit(event["status"])


def kill(event: dict[str, Any], _context: Any) -> None:
    """End the process by a signal."""
    os.kill(os.getpid(), event["signal"])


def fill(event: dict[str, Any], _context: Any) -> str:
    """A response of the wanted size, the two quotation marks of JSON included."""
    return "x" * (event["bytes"] - 2)


def meet(event: dict[str, Any], _context: Any) -> int:
    """Tell the test who is here, and stay until it lets go."""
    with socket.create_connection(("127.0.0.1", event["port"])) as line:
        line.sendall(json.dumps({"pids": [os.getpid()]}).encode() + b"\n")
        line.recv(1)
    return os.getpid()


def meet_with_child(event: dict[str, Any], _context: Any) -> None:
    """As `meet`, with a child process that would go on for ten minutes; then crash if told so."""
    child = subprocess.Popen(["sleep", "600"])  # noqa: S607
    with socket.create_connection(("127.0.0.1", event["port"])) as line:
        line.sendall(json.dumps({"pids": [os.getpid(), child.pid]}).encode() + b"\n")
        line.recv(1)
    if "status" in event:
        os._exit(event["status"])
