"""The documents list every route, error and setting, and name tests that exist."""

import re
from pathlib import Path

import pytest

from app import app
from chalicelib.api.problems import KINDS
from chalicelib.config import Config

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "docs"
API = (DOCUMENTS / "api.md").read_text(encoding="utf-8")
OPERATIONS = (DOCUMENTS / "operations.md").read_text(encoding="utf-8")


def listed_in(document: str, column: int = 1) -> set[str]:
    """Return everything in code type in a column of a document's tables."""
    rows = [line.split("|") for line in document.splitlines() if line.startswith("| ")]
    return {name for row in rows if len(row) > column for name in row[column].split("`")[1::2]}


def test_every_route_is_listed() -> None:
    routes = {f"{method} {path}" for path, methods in app.routes.items() for method in methods}
    assert {route for route in routes if f"`{route}`" not in API} == set()


def test_every_error_is_listed_with_its_status() -> None:
    rows = [line for line in API.splitlines() if line.startswith("| ")]
    listed = {
        kind.name: [row for row in rows if f"`{kind.name}`" in row and str(kind.status) in row.split("|")[1]]
        for kind in KINDS.values()
    }
    assert [name for name, found in listed.items() if not found] == []


def test_every_setting_is_listed() -> None:
    assert {name.upper() for name in Config.model_fields} - listed_in(OPERATIONS) == set()


def test_every_number_is_listed_with_its_default() -> None:
    numbers = {name.upper(): field.default for name, field in Config.model_fields.items() if type(field.default) is int}
    rows = {
        line.split("`")[1]: line.split("|")[2].strip() for line in OPERATIONS.splitlines() if line.startswith("| `")
    }
    assert {name: rows.get(name) for name in numbers} == {name: str(default) for name, default in numbers.items()}


@pytest.mark.parametrize("document", ["SECURITY.md", "README.md", "docs/accessibility.md"])
def test_every_test_that_a_document_names_exists(document: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / document).read_text(encoding="utf-8"))
    assert named
    missing = [(file, test) for file, test in named if f"def {test}(" not in (ROOT / file).read_text(encoding="utf-8")]
    assert missing == []


def test_the_table_of_threats_has_the_whole_owasp_top_ten() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| API(\d+) .*`tests/.*\|$", text, re.MULTILINE)
    assert rows == [str(number) for number in range(1, 11)]


# Those of the levels A and AA; the table joins the ones of media, 1.2.1 to 1.2.5.
WCAG = """
1.1.1 1.2.1 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13
2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11 2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8
3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3
"""


def test_the_table_of_accessibility_has_every_criterion() -> None:
    text = (DOCUMENTS / "accessibility.md").read_text(encoding="utf-8")
    rows = [row.split("|")[1] for row in text.splitlines() if row.startswith("| ")]
    assert set(WCAG.split()) - set(re.findall(r"\d\.\d\.\d+", " ".join(rows))) == set()


def test_every_file_that_the_table_of_accessibility_names_exists() -> None:
    text = (DOCUMENTS / "accessibility.md").read_text(encoding="utf-8")
    assert [name for name in re.findall(r"`(frontend/[\w./-]+)`", text) if not (ROOT / name).exists()] == []
