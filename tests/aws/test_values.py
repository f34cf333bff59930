"""The parameter values of stacks: what is wrong is said before AWS is asked."""

import json

import pytest

from infra.aws.stack import Stack
from infra.aws.template import Template
from infra.aws.values import check_defaults, choose
from infra.problems import PlatformError
from tests.aws.scripted import REGION, Aws
from tests.aws.stacks import absent, stack

PARAMETERS = {
    "Stage": {"Type": "String", "AllowedPattern": "[a-z]+"},
    "DatabaseClass": {"Type": "String", "Default": "db.t4g.micro"},
    "Days": {"Type": "Number", "Default": 1, "MinValue": 1, "MaxValue": 35},
    "TwoZones": {"Type": "String", "Default": "false", "AllowedValues": ["true", "false"]},
    "Key": {"Type": "String", "Default": "", "NoEcho": True},
}
TEMPLATE = Template(json.dumps({"Parameters": PARAMETERS, "Resources": {}}))


@pytest.fixture
def data(aws: Aws) -> Stack:
    """A stack whose database was enlarged for a sale."""
    parameters = {"Stage": "dev", "DatabaseClass": "db.r8g.2xlarge"}
    aws.answers("cloudformation.DescribeStacks", stack("data", "UPDATE_COMPLETE", parameters=parameters))
    return Stack(aws.account, "data", REGION)


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("Stage", "Dev", r"match \[a-z\]\+, not 'Dev'"),
        ("Days", "0", "a number from 1 to 35, not '0'"),
        ("Days", "36", "a number from 1 to 35, not '36'"),
        ("Days", "many", "a number from 1 to 35, not 'many'"),
        ("TwoZones", "yes", "one of true, false, not 'yes'"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(name: str, value: str, advice: str) -> None:
    with pytest.raises(PlatformError, match=f"The parameter {name} must .*{advice}"):
        check_defaults({name: value}, TEMPLATE, "data")


def test_a_name_that_is_no_parameter_is_named() -> None:
    with pytest.raises(PlatformError, match=r"stages.json gives the data stack a parameter Dayz"):
        check_defaults({"Dayz": "1"}, TEMPLATE, "data")


def test_a_parameter_without_any_value_is_named(data: Stack) -> None:
    with pytest.raises(PlatformError, match="The parameter Stage has no value"):
        choose(data, TEMPLATE, {"Days": "2"})


def test_later_sources_go_first_and_what_the_template_does_not_take_is_left_out(data: Stack) -> None:
    chosen = choose(data, TEMPLATE, {"Stage": "dev", "Days": "2"}, {"Days": "3", "Other": "x"})
    assert chosen.values == {"Stage": "dev", "Days": "3"}


def test_a_deployment_leaves_the_instance_of_a_sale_alone(data: Stack) -> None:
    chosen = choose(data, TEMPLATE, {"Stage": "dev", "DatabaseClass": "db.t4g.micro"})
    assert {"ParameterKey": "DatabaseClass", "UsePreviousValue": True} in chosen.parameters


def test_a_first_deployment_takes_the_instance_of_the_stage(aws: Aws, data: Stack) -> None:
    aws.answers("cloudformation.DescribeStacks", absent("data"))
    chosen = choose(data, TEMPLATE, {"Stage": "dev", "DatabaseClass": "db.m7g.large"})
    assert {"ParameterKey": "DatabaseClass", "ParameterValue": "db.m7g.large"} in chosen.parameters


def test_secrets_are_known_by_the_template() -> None:
    assert [name for name in PARAMETERS if TEMPLATE.hides(name)] == ["Key"]
