"""The log files of the functions here."""

import time
from collections.abc import Iterator
from pathlib import Path

from infra import environment
from infra.local.deploy import FUNCTIONS
from infra.local.run_state import current
from infra.log_lines import readable
from infra.problems import PlatformError
from infra.terminal import Terminal


def follow() -> None:
    """Show what the functions have printed, and go on while the run lasts; after a crash this shows the last run."""
    directory = environment.run_directory()
    localstack = directory / "localstack"
    terminal = Terminal()
    logs = FunctionLogs(directory_of_logs())
    if not localstack.exists():
        raise PlatformError(
            "There are no logs here: nothing has run yet, or the given LocalStack (AWS_ENDPOINT_URL) has them."
        )
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
