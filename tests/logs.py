"""What the application logs."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chalicelib.log import handler


class Lines:
    """The lines logged so far."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        """All of it, as it was written."""
        return self.stream.getvalue()

    @property
    def parsed(self) -> list[dict[str, Any]]:
        """One object for each line; nothing but a newline ends one."""
        return [json.loads(line) for line in self.text.removesuffix("\n").split("\n") if self.text]

    def about(self, message: str) -> dict[str, Any]:
        """Return the only line with a message."""
        (line,) = [line for line in self.parsed if line["message"] == message]
        return line


@contextmanager
def logged() -> Iterator[Lines]:
    """Keep what is logged meanwhile, instead of printing it."""
    lines = Lines()
    before = handler.setStream(lines.stream)
    try:
        yield lines
    finally:
        handler.setStream(before)
