"""docs/proof.md: every promise and warning once; every test named there exists; each row's mutants run its tests."""

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
    assert row[3]
    assert row[4]


@pytest.mark.parametrize("name", NAMED)
def test_every_test_that_is_named_exists(name: str) -> None:
    file, _, function = name.partition("::")
    assert (ROOT / file).is_file()
    assert not function or function in functions(ROOT / file)


@pytest.mark.parametrize("row", ROWS, ids=PROMISES)
def test_every_mutant_of_a_row_must_be_caught_by_a_test_of_the_row(row: list[str]) -> None:
    tests = {mutant.name: mutant.tests.split() for mutant in MUTANTS}
    for control in re.findall(r"`([^`/]+)`", row[3]):
        assert any(test in f"{row[2]} {row[3]}" for test in tests[control])


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
