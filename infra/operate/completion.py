"""Completion of the operator's commands by a shell."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

COMMAND = "operate"
"""A shell completes the words after one command, so `python -m infra.operate` needs an alias."""
SHELLS = ("bash", "zsh", "tcsh")


class PrintCompletion(argparse.Action):
    """Prints a script that makes a shell complete the commands and options, and ends the program."""

    def __call__(
        self, parser: argparse.ArgumentParser, _given: argparse.Namespace, shell: str | Sequence[Any] | None, *_: object
    ) -> None:
        """Print the script for one of SHELLS."""
        import shtab  # only here: no other command needs it

        parser.prog = COMMAND
        sys.stdout.write(f"{shtab.complete(parser, str(shell))}\n")
        parser.exit()
