"""A CloudFormation template: its text, its parameters, and a check of their values."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.problems import PlatformError

LARGEST_INLINE = 51_200
"""Bytes that CloudFormation takes as an argument; a larger template is read from a bucket."""


@dataclass(frozen=True, slots=True)
class Template:
    """The text of a template in JSON."""

    body: str

    @classmethod
    def read(cls, file: Path) -> "Template":
        """The template in a file."""
        return cls(file.read_text(encoding="utf-8"))

    @property
    def key(self) -> str:
        """Its key in the code bucket: the same for the same text."""
        return f"templates/{hashlib.sha256(self.body.encode()).hexdigest()}.json"

    @property
    def is_small(self) -> bool:
        """Whether CloudFormation accepts the text as an argument."""
        return len(self.body.encode()) <= LARGEST_INLINE

    @property
    def inline(self) -> dict[str, str]:
        """The text as an argument of CloudFormation."""
        return {"TemplateBody": self.body}

    @property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """The parameters with their limits, by name."""
        found: dict[str, dict[str, Any]] = self._parts.get("Parameters", {})
        return found

    @property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The resources by their logical ids."""
        found: dict[str, dict[str, Any]] = self._parts["Resources"]
        return found

    @property
    def _parts(self) -> dict[str, Any]:
        parts: dict[str, Any] = json.loads(self.body)
        return parts

    def hides(self, name: str) -> bool:
        """Whether the parameter holds a secret."""
        return str(self.parameters[name].get("NoEcho", "false")).lower() == "true"

    def lacks(self, offered: Iterable[str]) -> set[str]:
        """The parameters without a default that are not among those offered."""
        return {name for name, limits in self.parameters.items() if "Default" not in limits} - set(offered)

    def check(self, values: Mapping[str, str]) -> None:
        """Raise PlatformError for a value that CloudFormation would refuse, and for a parameter without one."""
        for name in sorted(self.lacks(values)):
            raise PlatformError(f"The parameter {name} has no value: add it to infra/aws/stages.json.")
        self.check_given(values)

    def check_given(self, values: Mapping[str, str]) -> None:
        """Raise PlatformError for a value that CloudFormation would refuse."""
        for name, value in values.items():
            _check(name, value, self.parameters[name])


def _check(name: str, value: str, limits: dict[str, Any]) -> None:
    """The limits of one parameter, as the CloudFormation user guide defines them."""
    allowed = [str(one) for one in limits.get("AllowedValues", ())]
    if allowed and value not in allowed:
        raise PlatformError(f"The parameter {name} must be one of {', '.join(allowed)}, not {value!r}.")
    pattern = limits.get("AllowedPattern", ".*")
    if not re.fullmatch(pattern, value, re.DOTALL):
        raise PlatformError(f"The parameter {name} must match {pattern}, not {value!r}.")
    if limits["Type"] == "Number":
        _check_number(name, value, limits)


def _check_number(name: str, value: str, limits: dict[str, Any]) -> None:
    lowest, highest = float(limits.get("MinValue", "-inf")), float(limits.get("MaxValue", "inf"))
    try:
        inside = lowest <= float(value) <= highest
    except ValueError:
        inside = False
    if not inside:
        raise PlatformError(f"The parameter {name} must be a number from {lowest:g} to {highest:g}, not {value!r}.")
