"""The pipe between a function's output and its logs; without LocalStack."""

import os
from pathlib import Path

from infra.local.executor.output import MOST_KEPT, Output


def test_line_is_in_the_log_file_while_the_function_still_works(tmp_path: Path) -> None:
    log_file = tmp_path / "pipe"
    os.mkfifo(log_file)  # so that reading waits until something is written
    with Printing(log_file) as printing:
        printing.write("at work\n")
        with log_file.open() as log:
            assert log.readline() == "at work\n"


def test_take_gives_what_was_printed_this_very_moment(tmp_path: Path) -> None:
    with Printing(tmp_path / "log") as printing:
        for number in range(200):
            printing.write(f"{number}\n")
            assert printing.output.take() == f"{number}\n"


def test_line_that_was_not_ended_is_ended_by_take(tmp_path: Path) -> None:
    with Printing(tmp_path / "log") as printing:
        printing.write("no end")
        assert printing.output.take() == "no end\n"
        printing.write("next\n")
        printing.output.take()
    assert (tmp_path / "log").read_text() == "no end\nnext\n"


def test_environments_do_not_cut_lines_of_each_other(tmp_path: Path) -> None:
    with Printing(tmp_path / "log") as one, Printing(tmp_path / "log") as other:
        for piece in ("a", "b"):
            one.write(piece * 3)
            other.write(piece * 5)
            one.output.note("")
            other.output.note("")
    assert sorted((tmp_path / "log").read_text().split()) == ["aaa", "aaaaa", "bbb", "bbbbb"]


def test_note_comes_after_what_the_function_printed(tmp_path: Path) -> None:
    with Printing(tmp_path / "log") as printing:
        printing.write("printed\n")
        printing.output.note("lost")
        assert printing.output.take() == "printed\nlost\n"


def test_note_reaches_the_log_after_the_function_has_ended(tmp_path: Path) -> None:
    with Printing(tmp_path / "log") as printing:
        printing.write("last words")
    printing.output.note("lost")
    assert printing.output.take() == "last words\nlost\n"
    assert (tmp_path / "log").read_text() == "last words\nlost\n"


def test_flood_of_output_is_kept_at_its_end_and_all_in_the_file(tmp_path: Path) -> None:
    with Printing(tmp_path / "log") as printing:
        for _ in range(MOST_KEPT // 1000 + 100):
            printing.write("x" * 999 + "\n")
        kept = printing.output.take()
    assert len(kept) == MOST_KEPT
    assert len((tmp_path / "log").read_text().splitlines()) == MOST_KEPT // 1000 + 100


class Printing:
    """An output, and the end of its pipe that a function would have."""

    def __init__(self, log_file: Path) -> None:
        self.output = Output(log_file)
        self._write_end = os.dup(self.output.write_end)
        self.output.follow()

    def write(self, text: str) -> None:
        """Print as a function does."""
        os.write(self._write_end, text.encode())

    def __enter__(self) -> "Printing":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._write_end)
