"""The parameter values of a stack: from the stage's file, from the stacks before it, and from the stack itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from infra.aws.changes import as_parameters
from infra.aws.stack import Stack
from infra.aws.template import Template
from infra.problems import PlatformError

FOR_A_SALE = {"DatabaseClass", "WarmEnvironments", "WarmFrom", "WarmUntil"}
"""Parameters that `make scale` and `make warm` change."""
ORIGINS = {"DatabaseSnapshot", "TokenKeysArn"}
"""Parameters that say where the data and the keys of a stage came from: another value would replace them."""
KEPT = FOR_A_SALE | ORIGINS
"""Parameters that a deployment sets once and then leaves as they are."""


@dataclass(frozen=True, slots=True)
class Values:
    """The parameter values of a stack."""

    values: dict[str, str]
    kept: set[str]
    """Parameters that keep the value that the stack has."""

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """Return the values in CloudFormation's format."""
        return as_parameters(self.values, self.kept)


def choose(stack: Stack, template: Template, *sources: Mapping[str, str]) -> Values:
    """The values for the template's parameters, later sources going first; raises PlatformError for a bad one."""
    offered = {name: value for source in sources for name, value in source.items()}
    values = {name: offered[name] for name in template.parameters if name in offered}
    template.check(values)
    return Values(values, KEPT & template.parameters.keys() & stack.parameters().keys())


def check_defaults(defaults: Mapping[str, str], template: Template, part: str) -> None:
    """Raise PlatformError for a name in the stage's file that is no parameter of the stack, or a value it refuses."""
    for name in defaults.keys() - template.parameters.keys():
        raise PlatformError(f"infra/aws/stages.json gives the {part} stack a parameter {name}, which it does not have.")
    template.check_given(defaults)
