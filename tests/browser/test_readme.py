"""The README: its curl examples are run, and its checklist names existing tests."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
EXAMPLES = re.compile(r"^```sh\n((?:ID=[^\n]*\n)?curl .*?)```", re.MULTILINE | re.DOTALL)
DOCUMENTED = re.compile(r"^```json\n(.*?)```", re.MULTILINE | re.DOTALL)
CHECKLIST = re.compile(r"^\| (?!line|---)(.+?) \| (`tests/.+`) \|$", re.MULTILINE)
DOCUMENTED_ID = "660e8400-e29b-41d4-a716-446655440001"


def run(example: str) -> Any:
    """Run a block of shell and return the answer of its last command."""
    done = subprocess.run(
        ["/bin/sh", "-ec", example.replace("curl ", "curl -sS ")], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_the_curl_examples_answer_as_documented(system: str) -> None:
    text = README.read_text(encoding="utf-8").replace("http://localhost:3000", system)
    products, reserve, show, complete, completed = EXAMPLES.findall(text)
    documented = json.loads(DOCUMENTED.findall(text)[0])

    [iphone] = [product for product in run(products) if product["id"] == documented["productId"]]
    assert (iphone["name"], iphone["price"], iphone["availableStock"]) == ("iPhone 15 Pro Max", 1199, 10)

    reservation = run(reserve)
    own = {"id", "createdAt", "extendableAt", "expiresAt"}
    assert {**reservation, **{name: documented[name] for name in own}} == documented

    setting = f"ID={reservation['id']}\n"
    shown = run(show.replace(DOCUMENTED_ID, reservation["id"]))
    assert shown.items() >= reservation.items()
    paid = run(setting + complete)
    assert (paid["id"], paid["status"]) == (reservation["id"], "COMPLETED")
    assert run(completed) == [paid]


def exists(test: str) -> bool:
    """Return whether a path with an optional `::test_name` names an existing test."""
    path, _, name = test.partition("::")
    file = ROOT / path
    return f"def {name}(" in file.read_text(encoding="utf-8") if name else file.exists()


def test_each_line_of_the_checklist_names_existing_tests() -> None:
    lines = CHECKLIST.findall(README.read_text(encoding="utf-8"))
    assert len(lines) == 10
    tests = [test for _, names in lines for test in re.findall("`(.+?)`", names)]
    assert [test for test in tests if not exists(test)] == []
