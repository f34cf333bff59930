"""cfn-lint, which `make lint` runs over the templates, notices values that AWS would refuse."""

import json

from infra.aws.lint import REDUNDANT, REGION
from infra.aws.package import Package
from tests.aws.breakage import put

MISTAKES = {
    "Database Properties Colour": "red",
    "Database Properties EngineVersion": "99",
    "Database Properties DBInstanceClass": "db.nonsense",
    "Routes Properties VpcId": {"Ref": "Netwerk"},
}
NAMED = ("Colour", "99", "db.nonsense", "Netwerk")


def test_it_names_an_unknown_property_a_value_that_aws_does_not_have_and_a_reference_to_nothing(built: Package) -> None:
    from cfnlint.api import lint  # loaded by the worker that runs this, not by each that collects it
    from cfnlint.config import ManualArgs

    template = json.loads(built.templates["data"].read_text())
    for path, value in MISTAKES.items():
        put(template, path, value)
    config = ManualArgs(regions=[REGION], ignore_checks=[REDUNDANT])
    complaints = [match.message for match in lint(json.dumps(template), config=config)]
    assert all(any(f"'{name}'" in complaint for complaint in complaints) for name in NAMED), complaints
