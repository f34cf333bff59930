"""The templates as CloudFormation sees them once it knows the parameters: conditions decided, references replaced."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

type Json = Any
type Resources = dict[str, dict[str, Any]]
NO_VALUE = object()
REFERENCE = re.compile(r"\$\{([\w:.]+)\}")


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of a stage by name, as they are and as they become with these parameter values."""

    raw: Mapping[str, Json]
    values: Mapping[str, str]
    data: Resources
    service: Resources
    shop: Resources

    @classmethod
    def of(cls, raw: Mapping[str, Json], values: Mapping[str, str]) -> "Templates":
        """The templates with their resources resolved."""
        return cls(raw, values, **{name: resolved(template, values) for name, template in raw.items()})

    @classmethod
    def read(cls, files: Mapping[str, Path], values: Mapping[str, str]) -> "Templates":
        """The templates in files."""
        return cls.of({name: json.loads(file.read_text()) for name, file in files.items()}, values)

    @property
    def all(self) -> Resources:
        """The resources of all stacks."""
        return {**self.data, **self.service, **self.shop}


def resolved(template: Json, values: Mapping[str, str]) -> Resources:
    """The resources that there are with these parameter values, with their properties as far as they are known."""
    evaluation = Evaluation(template, values)
    return {
        name: evaluation.of(resource)
        for name, resource in template["Resources"].items()
        if "Condition" not in resource or evaluation.condition(resource["Condition"])
    }


def of_type(resources: Resources, kind: str) -> dict[str, dict[str, Any]]:
    """The properties of the resources of a type, by name."""
    return {name: one.get("Properties", {}) for name, one in resources.items() if one["Type"] == kind}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Intrinsic functions of one template, with values for its parameters."""

    template: Json
    values: Mapping[str, str]

    def of(self, node: Json) -> Json:
        """The node with everything replaced that is known before the stack exists."""
        if isinstance(node, list):
            return [value for value in map(self.of, node) if value is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            ((name, argument),) = node.items()
            if name in self._FUNCTIONS:
                return self._FUNCTIONS[name](self, argument)
        return {name: value for name, one in node.items() if (value := self.of(one)) is not NO_VALUE}

    def condition(self, name: str) -> bool:
        """Whether a condition holds."""
        return bool(self.of(self.template["Conditions"][name]))

    def broken_rules(self) -> Iterator[str]:
        """What the assertions of the template's rules say of these values."""
        for rule in self.template.get("Rules", {}).values():
            if self.of(rule.get("RuleCondition", True)):
                yield from (one["AssertDescription"] for one in rule["Assertions"] if not self.of(one["Assert"]))

    def _ref(self, name: str) -> Json:
        if name == "AWS::NoValue":
            return NO_VALUE
        parameter = self.template.get("Parameters", {}).get(name)
        if parameter is None:
            return {"Ref": name}
        return self.values.get(name, parameter.get("Default", f"<{name}>"))

    def _if(self, arguments: list[Json]) -> Json:
        name, then, otherwise = arguments
        return self.of(then if self.condition(name) else otherwise)

    def _sub(self, argument: Json) -> Json:
        text, names = (argument, {}) if isinstance(argument, str) else argument

        def replace(match: re.Match[str]) -> str:
            known = self.of(names[match[1]]) if match[1] in names else self._ref(match[1])
            return known if isinstance(known, str) else match[0]

        return REFERENCE.sub(replace, text)

    def _equals(self, arguments: list[Json]) -> bool:
        one, other = map(self.of, arguments)
        return str(one) == str(other)

    _FUNCTIONS = {
        "Ref": _ref,
        "Fn::If": _if,
        "Fn::Sub": _sub,
        "Fn::Join": lambda self, arguments: arguments[0].join(self.of(arguments[1])),
        "Fn::Split": lambda self, arguments: self.of(arguments[1]).split(arguments[0]),
        "Fn::Equals": _equals,
        "Fn::Not": lambda self, arguments: not self.of(arguments[0]),
        "Fn::And": lambda self, arguments: all(map(self.of, arguments)),
        "Fn::Or": lambda self, arguments: any(map(self.of, arguments)),
        "Condition": lambda self, name: self.condition(name) if isinstance(name, str) else {"Condition": self.of(name)},
    }
