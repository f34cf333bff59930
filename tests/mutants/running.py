"""Run the tests of mutants, each in a copy of the project that has its fault."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.paths import ROOT
from tests.conftest import server
from tests.mutants import Mutant, Stale, mutated

LINKED = (".venv", "frontend/node_modules")  # large, and the same for every mutant
SECONDS_MAX = 600
PYTEST = ("-m", "pytest", "-q", "-x", "--tb=short", "-p", "no:cacheprovider", "--no-header")
FAILED = 1  # pytest's exit status where a test failed


class Outcome(StrEnum):
    """What became of a mutant."""

    CAUGHT = "caught"
    EQUIVALENT = "equivalent"
    SURVIVED = "SURVIVED"  # no test failed
    STALE = "STALE"  # its text is not in the file
    BROKEN = "BROKEN"  # the tests did not run


class Copy:
    """A copy of the project, with a PostgreSQL of its own."""

    def __init__(self, root: Path, postgres: str) -> None:
        self._root = root
        self._postgres = postgres

    def judge(self, mutant: Mutant) -> Outcome:
        """Put one fault in, run each of its tests, and take it out again."""
        file = self._root / mutant.file
        original = file.read_text("utf-8")
        try:
            file.write_text(mutated(original, mutant), "utf-8")
            runs = [self.test([test]) for test in mutant.tests.split()]
        except Stale:
            return Outcome.STALE
        finally:
            file.write_text(original, "utf-8")
        if any(status == 0 for status, _ in runs):
            return Outcome.EQUIVALENT if mutant.equivalent else Outcome.SURVIVED
        # An error before the test began says nothing about it.
        began = all(status == FAILED and "ERROR at setup" not in output for status, output in runs)
        return Outcome.CAUGHT if began else Outcome.BROKEN

    def test(self, tests: list[str]) -> tuple[int, str]:
        """Run tests in the copy until one fails; return pytest's exit status and output."""
        try:
            finished = subprocess.run(
                [sys.executable, *PYTEST, f"--postgres={self._postgres}", *tests],
                cwd=self._root,
                capture_output=True,
                text=True,
                timeout=SECONDS_MAX,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return FAILED, "a test waits for ever"
        return finished.returncode, finished.stdout


@contextmanager
def copied() -> Iterator[Copy]:
    """Copy the project's own files, and start a PostgreSQL for the tests in the copy."""
    with TemporaryDirectory(prefix="flash-sale-mutants-") as folder, server() as postgres:
        root = Path(folder)
        for name in _own_files():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)
        for name in LINKED:
            if (ROOT / name).exists():
                (root / name).symlink_to((ROOT / name).resolve())
        yield Copy(root, postgres)


def _own_files() -> list[str]:
    """Return the files that git knows or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607 - git
    return [name for name in listed.split("\0") if name and os.path.isfile(ROOT / name)]
