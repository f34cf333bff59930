"""Mutants: faults put into a copy of the project on purpose. For each there are tests that must fail.

`python -m tests.mutants` runs all of them, `python -m tests.mutants NAME …` those of these names. The name of a module
here stands for all mutants in it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: in `file` the text `old`, which occurs there once, is replaced by `new`."""

    name: str
    file: str
    old: str
    new: str
    fault: str  # what is wrong then, for a reader of the table
    tests: str  # files or cases for pytest, separated by spaces: each of them must fail
    equivalent: str = ""  # why no test can fail, if none can


class Stale(Exception):
    """A mutant's old text does not occur exactly once any more."""


def mutated(text: str, mutant: Mutant) -> str:
    """Return a file's text with the fault in it; raise Stale."""
    if text.count(mutant.old) != 1:
        raise Stale(f"{mutant.name}: its text occurs {text.count(mutant.old)} times in {mutant.file}")
    return text.replace(mutant.old, mutant.new)
