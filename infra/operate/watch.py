"""`make watch`: the sale live on the terminal."""

import argparse
import re
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, RenderableType
from rich.live import Live
from rich.text import Text

from infra.local.function_logs import FunctionLogs, directory_of_logs
from infra.operate.picture import picture
from infra.operate.signals import LogSignals, Signals, Source
from infra.operate.stage import Stage
from infra.problems import PlatformError

SHORTEST_SECONDS = 0.5
API_FUNCTION = "api"
WEB_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
PICTURE_WIDTH = 160  # columns of a picture in a file


class NoSignals:
    """No source, because only the API's address is known."""

    def look(self) -> Signals:
        """Return that nothing is known."""
        return Signals("nowhere: with STAGE=, CloudWatch is asked")


def source_of(api: Stage) -> Source:
    """Return where failures come from: the log files of the run here, or nowhere."""
    if not api.is_here:
        return NoSignals()
    logs = FunctionLogs(directory_of_logs())
    logs.skip()
    return LogSignals(api, lambda: (line for function, line in logs.new_lines() if function == API_FUNCTION))


def watch(api: Stage, source: Source, name: str, given: argparse.Namespace, console: Console | None = None) -> None:
    """Draw the sale every few seconds until interrupted, or once. An outage is shown, and the watch goes on."""
    console = console or Console(record=given.svg is not None, width=PICTURE_WIDTH if given.svg else None)
    if given.once or given.svg or not console.is_terminal:
        console.print(_look(api, source, name, console))
    else:
        with Live(console=console, auto_refresh=False, screen=True) as live:
            for _ in _ticks(max(SHORTEST_SECONDS, given.every)):
                live.update(_look_or_say(api, source, name, console), refresh=True)
    if given.svg:
        save(console, given.svg, name)


def save(console: Console, file: Path, title: str) -> None:
    """Write what the console has recorded as a picture that needs no font from elsewhere."""
    file.write_text(WEB_FONTS.sub("", console.export_svg(title=title)), encoding="utf-8")


def _look(api: Stage, source: Source, name: str, console: Console) -> RenderableType:
    return picture(api.get("/admin/sale"), source.look(), name, console.width)


def _look_or_say(api: Stage, source: Source, name: str, console: Console) -> RenderableType:
    try:
        return _look(api, source, name, console)
    except PlatformError as error:
        return Text(f"{error} Trying again.", style="red")


def _ticks(seconds: float) -> Iterator[None]:
    while True:
        began = time.monotonic()
        yield
        time.sleep(max(0.0, began + seconds - time.monotonic()))
