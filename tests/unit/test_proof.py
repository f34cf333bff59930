"""docs/proof.md: every promise and every warning once, and every test and mutant that it names exists."""

import ast
import re
from pathlib import Path

import pytest

from infra.paths import ROOT
from tests.mutants.table import MUTANTS

PROMISES = [f"R{number}" for number in range(1, 28)]
DOCUMENT = (ROOT / "docs" / "proof.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in DOCUMENT.splitlines() if line.startswith("| R")
]
NAMED = sorted({name for name in re.findall(r"`([^`]+)`", DOCUMENT) if name.startswith("tests/")})
CONTROLS = sorted({name for row in ROWS for name in re.findall(r"`([^`/]+)`", row[3])})


def functions(file: Path) -> set[str]:
    """Return the names of the functions of a file."""
    return {node.name for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


def test_every_promise_has_one_row() -> None:
    assert [row[0] for row in ROWS] == PROMISES


@pytest.mark.parametrize("row", ROWS, ids=PROMISES)
def test_every_row_says_what_is_promised_and_which_test_shows_it(row: list[str]) -> None:
    assert len(row) == 5
    assert row[1]
    assert row[2]


@pytest.mark.parametrize("name", NAMED)
def test_every_test_that_is_named_exists(name: str) -> None:
    file, _, function = name.partition("::")
    assert (ROOT / file).is_file()
    assert not function or function in functions(ROOT / file)


def test_every_mutant_that_is_named_exists() -> None:
    assert set(CONTROLS) - {mutant.name for mutant in MUTANTS} == set()


def test_every_warning_and_error_that_the_code_logs_is_listed() -> None:
    lines = {
        line
        for file in (ROOT / "chalicelib").rglob("*.py")
        for line in re.findall(r'logger\.(?:warning|error|exception)\(\s*"([^"]+)"', file.read_text("utf-8"))
    }
    assert {line for line in lines if f"`{line}`" not in DOCUMENT} == set()


def test_every_long_form_belongs_to_a_promise() -> None:
    marked = {
        promise
        for file in (ROOT / "tests").rglob("test_*.py")
        for promise in re.findall(r'^@pytest\.mark\.soak\("(R\d+)"\)', file.read_text("utf-8"), re.MULTILINE)
    }
    assert marked <= set(PROMISES)
