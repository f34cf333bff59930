"""The templates obey every rule, with the values of every stage; and each rule notices a breakage."""

import pytest

from infra.aws.package import SETTINGS, STAGES, Package
from tests.aws import (
    breakages_of_data,
    breakages_of_service,
    breakages_of_shop,
    linting,
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
LINTING = (linting.data_is_valid, linting.service_is_valid, linting.shop_is_valid)
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


@pytest.fixture(scope="module", params=[*STAGES, "everything"])
def templates(request: pytest.FixtureRequest, built: Package) -> Templates:
    return Templates.read(built.templates, values(request.param))


@pytest.fixture(scope="module")
def production(built: Package) -> Templates:
    return Templates.read(built.templates, values("prod"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule(rule: Rule, templates: Templates) -> None:
    assert list(rule(templates)) == []


@pytest.mark.parametrize("rule", LINTING, ids=lambda rule: rule.__name__)
def test_cfn_lint_finds_nothing(rule: Rule, production: Templates) -> None:
    assert list(rule(production)) == []


BREAKAGES = {
    "data": breakages_of_data.OF_DATA,
    "service": breakages_of_service.OF_SERVICE,
    "shop": breakages_of_shop.OF_SHOP,
}


EVERY_BREAKAGE = [
    pytest.param(stack, one, id=f"{stack}: {one.name}") for stack, found in BREAKAGES.items() for one in found
]


@pytest.mark.parametrize(("stack", "breakage"), EVERY_BREAKAGE)
def test_breakage_is_noticed(stack: str, breakage: Breakage, production: Templates) -> None:
    assert list(breakage.rule(breakage.applied(stack, production))) != []


@pytest.mark.parametrize("rule", [*RULES, *LINTING[:1]], ids=lambda rule: rule.__name__)
def test_rule_is_one_that_a_breakage_breaks(rule: Rule) -> None:
    assert rule in {one.rule for found in BREAKAGES.values() for one in found}
