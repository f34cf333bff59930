"""The documents tell of everything there is: a route, an error or a setting can't be added without its line."""

from pathlib import Path

import pytest

from app import app
from chalicelib.api.problems import KINDS, Kind
from chalicelib.config import Config

DOCUMENTS = Path(__file__).parents[2] / "docs"
API = (DOCUMENTS / "api.md").read_text(encoding="utf-8")
OPERATIONS = (DOCUMENTS / "operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("route", [f"{method} {path}" for path, methods in app.routes.items() for method in methods])
def test_every_route_is_listed(route: str) -> None:
    assert f"`{route}`" in API


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_error_is_listed_with_its_status(kind: Kind) -> None:
    lines = [line for line in API.splitlines() if line.startswith("| ") and f"`{kind.name}`" in line]
    assert any(str(kind.status) in line.split("|")[1] for line in lines)


@pytest.mark.parametrize("variable", [name.upper() for name in Config.model_fields])
def test_every_setting_is_listed(variable: str) -> None:
    assert any(line.startswith("| `") and f"`{variable}`" in line.split("|")[1] for line in OPERATIONS.splitlines())


NUMBERS = {name: field.default for name, field in Config.model_fields.items() if type(field.default) is int}


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_is_listed_with_its_default(name: str) -> None:
    (line,) = [line for line in OPERATIONS.splitlines() if line.startswith(f"| `{name.upper()}` ")]
    assert line.split("|")[2].strip() == str(NUMBERS[name])
