"""Following what the functions print: one readable line per event."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from infra import environment
from infra.local.deploy import FUNCTIONS
from infra.local.run_state import current
from infra.problems import PlatformError
from infra.terminal import Terminal

LEVEL_COLOURS = {"ERROR": "red", "WARNING": "yellow", "INFO": "green"}
NOT_SHOWN = {"level", "location", "message", "timestamp", "service", "request_id", "xray_trace_id"}
LATER = {"exception", "exception_name", "stack_trace"}


def follow() -> None:
    """Show what the functions have printed, and go on while the run lasts; after a crash this shows the last run."""
    directory = environment.run_directory()
    localstack = directory / "localstack"
    terminal = Terminal()
    logs = FunctionLogs(localstack / "functions" / "logs")
    if not localstack.exists():
        raise PlatformError("There are no logs: nothing has run here yet.")
    _show(logs, terminal)
    if current(directory) is None:
        others = f"{localstack / 'localstack.log'}, {directory / 'postgres.log'} and {directory / 'logs'}"
        terminal.say(f"This is the last run; nothing is running now. More logs: {others}.")
    while current(directory):
        _show(logs, terminal)
        time.sleep(0.25)


def _show(logs: "FunctionLogs", terminal: Terminal) -> None:
    for function, line in logs.new_lines():
        terminal.say(readable(terminal, function, line))


class FunctionLogs:
    """The log files of a folder, one per function; each line is given out once."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._read: dict[Path, int] = {}

    def skip(self) -> None:
        """Leave out what is there so far."""
        for file in self._files():
            self._read[file] = file.stat().st_size

    def new_lines(self) -> Iterator[tuple[str, str]]:
        """Function and line of what came since the last time; a line still being written waits for its end."""
        for file in self._files():
            with file.open("rb") as log:
                log.seek(self._read.get(file, 0))
                text = log.read()
            whole = text[: text.rfind(b"\n") + 1]
            self._read[file] = self._read.get(file, 0) + len(whole)
            for line in whole.decode(errors="replace").splitlines():
                yield short_name(file.stem), line

    def _files(self) -> list[Path]:
        return sorted(self._directory.glob("*.log"))


def short_name(function: str) -> str:
    """`api` for the function without a name of its own, else the name without the application's."""
    return function.removeprefix(FUNCTIONS).removeprefix("-") or "api"


def readable(terminal: Terminal, function: str, line: str) -> str:
    """Time, function, level and message of a JSON line, then what it is about; other lines as they are."""
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
    """The local time of day."""
    return datetime.fromisoformat(timestamp).astimezone().strftime("%H:%M:%S")


def _about(event: dict[str, Any]) -> str:
    """The members that are the event's own."""
    return " ".join(f"{name}={value}" for name, value in event.items() if name not in NOT_SHOWN | LATER)


def _exception(event: dict[str, Any]) -> str:
    """The traceback, indented below the line."""
    return "".join(f"\n{'':9}{line}" for line in str(event.get("exception", "")).splitlines())
