"""The templates obey every rule, with the values of every stage; and each rule notices a breakage."""

import pytest

from infra.aws.package import SETTINGS, STAGES, Package
from tests.aws import (
    breakages_of_data,
    breakages_of_service,
    breakages_of_shop,
    rules_of_api,
    rules_of_data,
    rules_of_metrics,
    rules_of_policies,
    rules_of_service,
    rules_of_shop,
)
from tests.aws.breakage import Breakage, Rule
from tests.aws.templates import Templates

RULES = (
    *rules_of_data.RULES,
    *rules_of_service.RULES,
    *rules_of_policies.RULES,
    *rules_of_api.RULES,
    *rules_of_metrics.RULES,
    *rules_of_shop.RULES,
)
EVERYTHING = {
    "Stage": "everything",
    "NatGateway": "true",
    "Events": "true",
    "TokenKeysArn": "<TokenKeys>",
    "DatabaseSnapshot": "last",
    "WarmEnvironments": "100",
    "WarmFrom": "2030-12-01T09:50:00",
    "WarmUntil": "2030-12-01T10:30:00",
    "JwtIssuer": "https://issuer.example",
    "JwksUrl": "https://issuer.example/keys",
    "JwtAudience": "shop",
    "ImageOrigins": "https://images.example,https://cdn.example:8443",
    "AlarmEmail": "operators@shop.example",
    "Domain": "shop.example",
    "CertificateArn": f"arn:aws:acm:us-east-1:{'1' * 12}:certificate/1",
    "HostedZoneId": "Z1",
}
"""Every option taken, on top of what production has."""


def values(stage: str) -> dict[str, str]:
    """The parameter values of a stage."""
    parts = SETTINGS[stage if stage in STAGES else "prod"].values()
    given = {name: value for part in parts for name, value in part.items()}
    return {**given, **({"Stage": stage} if stage in STAGES else EVERYTHING)}


@pytest.fixture(scope="module")
def templates(built: Package) -> dict[str, Templates]:
    return {stage: Templates.read(built.templates, values(stage)) for stage in (*STAGES, "everything")}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_is_obeyed_with_the_values_of_every_stage(rule: Rule, templates: dict[str, Templates]) -> None:
    assert {stage: list(rule(one)) for stage, one in templates.items()} == dict.fromkeys(templates, [])


BREAKAGES = {
    "data": breakages_of_data.OF_DATA,
    "service": breakages_of_service.OF_SERVICE,
    "shop": breakages_of_shop.OF_SHOP,
}


EVERY_BREAKAGE = [
    pytest.param(stack, one, id=f"{stack}: {one.name}") for stack, found in BREAKAGES.items() for one in found
]


@pytest.mark.parametrize(("stack", "breakage"), EVERY_BREAKAGE)
def test_breakage_is_noticed(stack: str, breakage: Breakage, templates: dict[str, Templates]) -> None:
    assert list(breakage.rule(breakage.applied(stack, templates["prod"]))) != []


def test_every_rule_is_one_that_a_breakage_breaks() -> None:
    assert {one.rule for found in BREAKAGES.values() for one in found} == set(RULES)
