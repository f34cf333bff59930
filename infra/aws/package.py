"""`make package`: what is deployed to AWS, built on any machine for Lambda's arm64.

Three templates of plain CloudFormation and the zip file that they name. Nothing is changed between this and AWS.
"""

from dataclasses import dataclass
from pathlib import Path

from infra.local.paths import LOCAL

STAGES = ("dev", "prod")
OUTPUT = LOCAL / "package"
LARGEST = 15_000_000


@dataclass(frozen=True, slots=True)
class Package:
    """What `build` made for one stage."""

    stage: str
    zip: Path
    code_key: str
    """The zip file's key in the code bucket: `<SHA-256 of its content>.zip`."""
    templates: dict[str, Path]
    """JSON files by name: `data`, `service`, `shop`, in the order in which the stacks are deployed.

    An output of one stack is the parameter of the same name of the stacks after it. Each output and each parameter has
    a description. Parameters that are no stack's outputs are the user's (or have defaults, under `defaults`).
    """
    defaults: dict[str, dict[str, str]]
    """The stage's own parameter values by template name, from `infra/aws/stages.json`; the rest keep the template's."""


def build(stage: str, output: Path = OUTPUT) -> Package:
    """Build the package of a stage into `output`/`stage`; raise PlatformError for a package over LARGEST."""
    raise NotImplementedError
