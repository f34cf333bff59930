"""The parts of a deployment: package, templates with their values, and the shop's files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infra.aws import shop_files, token_keys
from infra.aws.artifacts import Release, now
from infra.aws.changes import ChangeSet, propose
from infra.aws.functions import live_versions
from infra.aws.package import Package
from infra.aws.stage import PARTS, Stage
from infra.aws.template import Template
from infra.aws.values import Values, check_defaults, choose


@dataclass(frozen=True, slots=True)
class Bundle:
    """A package and a built shop."""

    package: Package
    shop: Path
    overrides: Mapping[str, str] = field(default_factory=dict)
    """Parameter values that go before all others."""

    def template(self, part: str) -> Template:
        """The template of a part."""
        return Template.read(self.package.templates[part])

    def check(self) -> None:
        """Raise PlatformError for a parameter value that CloudFormation would refuse."""
        for part in PARTS:
            check_defaults(self.package.defaults.get(part, {}), self.template(part), part)

    def values(self, stage: Stage, part: str) -> Values:
        """Return the parameter values of a part's stack. Raises PlatformError while an earlier stack is missing."""
        earlier = [stage.stack(name).outputs() for name in PARTS[: PARTS.index(part)]]
        defaults = self.package.defaults.get(part, {})
        sources = ({"Stage": stage.name}, defaults, *earlier, _looked_up(stage, part), self.overrides)
        return choose(stage.stack(part), self.template(part), *sources)

    def proposal(self, stage: Stage, part: str, template: Mapping[str, object]) -> ChangeSet | None:
        """Return the change that the stack needs; None if it needs none."""
        return propose(stage.stack(part), template, self.values(stage, part).parameters)

    def release(self, stage: Stage) -> Release:
        """The record of this deployment."""
        template = self.template("service")
        given = self.values(stage, "service").values
        values = {name: value for name, value in given.items() if not template.hides(name)}
        return Release(
            now(),
            self.package.code_key,
            template.key,
            values,
            shop_files.digest(self.shop),
            live_versions(stage.service),
        )


def _looked_up(stage: Stage, part: str) -> dict[str, str]:
    """Values that are neither in the stage's file nor outputs."""
    if part == "shop":
        return {"OriginKey": origin_key(stage)}
    if part == "data" and not stage.data.exists:
        kept = token_keys.left_by_earlier_stage(stage)
        return {"TokenKeysArn": kept} if kept else {}
    return {}


def origin_key(stage: Stage) -> str:
    """The API key that only CloudFront sends."""
    client = stage.account.client("apigateway")
    key: str = client.get_api_key(apiKey=stage.service.outputs()["OriginKeyId"], includeValue=True)["value"]
    return key
