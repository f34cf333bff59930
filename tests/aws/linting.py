"""The linter as a rule."""

import json
from collections.abc import Iterator

from cfnlint.api import lint
from cfnlint.config import ManualArgs

from infra.aws.lint import REDUNDANT, REGION
from tests.aws.templates import Json, Templates


def complaints(template: Json) -> list[str]:
    """What cfn-lint says of a template."""
    config = ManualArgs(regions=[REGION], ignore_checks=[REDUNDANT])
    return [f"{match.rule.id} {match.message}" for match in lint(json.dumps(template), config=config)]


def data_is_valid(templates: Templates) -> Iterator[str]:
    yield from complaints(templates.raw["data"])
