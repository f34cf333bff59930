"""The functions' logs, one readable line per event."""

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


def follow() -> None:
    """Show what the functions have printed, and go on while the run lasts; after a crash this shows the last run."""
    directory = environment.run_directory()
    localstack = directory / "localstack"
    terminal = Terminal()
    logs = FunctionLogs(directory_of_logs())
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
    """The log files of a folder, one per function; each line is returned once."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._read: dict[Path, int] = {}

    def skip(self) -> None:
        """Skip the lines that are there so far."""
        for file in self._files():
            self._read[file] = file.stat().st_size

    def new_lines(self) -> Iterator[tuple[str, str]]:
        """Yield the function and the text of each new line; an unfinished line is left for the next call."""
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


def directory_of_logs() -> Path:
    """Return where the functions of the run here write their logs."""
    return environment.run_directory() / "localstack" / "functions" / "logs"


def api_log() -> Path:
    """Return the log file of the API's function."""
    return directory_of_logs() / f"{FUNCTIONS}.log"


def short_name(function: str) -> str:
    """Return the function's name without the application's; the API's function is `api`."""
    return function.removeprefix(FUNCTIONS).removeprefix("-") or "api"


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
