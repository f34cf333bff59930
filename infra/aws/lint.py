"""cfn-lint over the templates as they are deployed, with the stage's values: `make lint` and `make deploy`."""

import sys
from collections.abc import Iterable
from pathlib import Path

from infra.aws import package
from infra.aws.package import STAGES, Package
from infra.paths import LOCAL
from infra.problems import main_program
from infra.programs import run

REGION = "us-east-1"
REDUNDANT = "W3005"  # the translator says DependsOn where a Ref says it too


def lint(packages: Iterable[Package], region: str = REGION) -> None:
    """Raise PlatformError for whatever cfn-lint finds."""
    files = [str(file) for built in packages for file in built.templates.values()]
    options = ["--regions", region, "--ignore-checks", REDUNDANT, "--format", "parseable"]  # a finding is one line
    program = Path(sys.executable).with_name("cfn-lint")
    run([program, *options, "--", *files], name="linting the templates")


def lint_all() -> None:
    """Build and lint every stage."""
    lint([package.build(stage, LOCAL / "lint") for stage in STAGES])
    sys.stdout.write(f"The templates of {' and '.join(STAGES)} are valid.\n")


if __name__ == "__main__":
    sys.exit(main_program(lint_all))
