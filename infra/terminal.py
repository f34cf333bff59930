"""What `make run` shows: each step when it is done, and on a terminal also what is still under way."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from threading import Event, RLock, Thread
from typing import TextIO

CLEAR_LINE = "\r\x1b[K"
RESET = "\x1b[0m"
COLOURS = {"green": "\x1b[32m", "red": "\x1b[31m", "yellow": "\x1b[33m", "cyan": "\x1b[36m", "grey": "\x1b[90m"}
TITLE_WIDTH = 52
SECONDS_PER_TICK = 0.5


class Terminal:
    """Lines from several threads, never mixed up."""

    def __init__(self, stream: TextIO | None = None) -> None:
        stream = stream or sys.stdout
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
        self._stream = stream
        self._colourful = stream.isatty()
        self._lock = RLock()
        self._under_way: dict[str, float] = {}
        self._done = Event()

    def say(self, line: str = "") -> None:
        """One line that stays."""
        with self._lock:
            self._stream.write(f"{CLEAR_LINE if self._colourful else ''}{line}\n")
            self._stream.flush()
            self._show_under_way()

    def colour(self, name: str, text: str) -> str:
        """Coloured on a terminal, plain elsewhere."""
        return f"{COLOURS[name]}{text}{RESET}" if self._colourful else text

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Something that takes a while; its line says how long it took."""
        started = time.monotonic()
        with self._lock:
            self._under_way[title] = started
            self._show_under_way()
        mark = self.colour("red", "✗")
        try:
            yield
            mark = self.colour("green", "✓")
        finally:
            with self._lock:
                del self._under_way[title]
            self.say(f"  {mark} {title:{TITLE_WIDTH}}{time.monotonic() - started:6.1f} s")

    @contextmanager
    def ticking(self) -> Iterator[None]:
        """While this lasts, the seconds of what is under way are kept up to date."""
        ticker = Thread(target=self._tick, daemon=True)
        if self._colourful:
            ticker.start()
        try:
            yield
        finally:
            self._done.set()

    def _tick(self) -> None:
        while not self._done.wait(SECONDS_PER_TICK):
            self._show_under_way()

    def _show_under_way(self) -> None:
        with self._lock:
            if self._colourful and self._under_way:
                now = time.monotonic()
                parts = [f"{title} {now - started:.0f} s" for title, started in self._under_way.items()]
                self._stream.write(f"{CLEAR_LINE}  {COLOURS['grey']}… {', '.join(parts)}{RESET}"[:200])
                self._stream.flush()
