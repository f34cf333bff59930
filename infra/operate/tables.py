"""Tables on a terminal."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Columns = Mapping[str, Callable[[Any], object]]


def table(columns: Columns, rows: Sequence[Any]) -> str:
    """Return the rows under the names of the columns, numbers aligned right, None as an empty cell."""
    cells = [[_cell(read(row)) for read in columns.values()] for row in rows]
    numeric = [
        any(isinstance(read(row), int | float) and not isinstance(read(row), bool) for row in rows)
        for read in columns.values()
    ]
    heads = [list(columns), *cells]
    widths = [max(len(line[column]) for line in heads) for column in range(len(columns))]
    return "".join(f"{_line(line, widths, numeric)}\n" for line in heads)


def _line(line: list[str], widths: list[int], numeric: list[bool]) -> str:
    aligned = (
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(line, widths, numeric, strict=True)
    )
    return "  ".join(aligned).rstrip()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return printable(str(value))


def printable(text: str) -> str:
    """Return the text without control characters of the terminal, which a product's name may contain."""
    return "".join(character if character.isprintable() else "�" for character in text)
