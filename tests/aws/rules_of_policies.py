"""What must be true of what the functions may do. A rule yields what is wrong."""

from collections.abc import Iterator
from typing import Any

from tests.aws.calls import CONSUMING, needed_actions, operations
from tests.aws.templates import Templates, of_type

CONNECTING = {"iam": {"rds-db:connect"}, "secret": {"secretsmanager:GetSecretValue"}, "password": set[str]()}
"""What a function needs for the database, by DATABASE_AUTH."""
KNOW_NO_RESOURCE = {
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
}
"""Actions that AWS allows for every resource or not at all, or whose resources exist only afterwards."""
RESOURCES = {
    "rds-db:connect": "arn:${AWS::Partition}:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${ProxyId}/flash_sale_app",
    "events:PutEvents": "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/flash-sale-{Stage}",
    **dict.fromkeys(CONSUMING | {"sqs:SendMessage"}, {"Fn::GetAtt": ["ExpiryQueue", "Arn"]}),
}


def statements(templates: Templates) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every statement that allows something, with the resource that it belongs to."""
    for name, policy in of_type(templates.all, "AWS::IAM::ManagedPolicy").items():
        yield from ((name, one) for one in policy["PolicyDocument"]["Statement"])
    for name, role in of_type(templates.all, "AWS::IAM::Role").items():
        for policy in role.get("Policies", []):
            yield from ((name, one) for one in policy["PolicyDocument"]["Statement"])


def listed(value: str | list[str]) -> list[str]:
    """IAM takes one or several."""
    return [value] if isinstance(value, str) else value


def functions_may_do_what_their_code_does_and_nothing_else(templates: Templates) -> Iterator[str]:
    for name, function in of_type(templates.service, "AWS::Lambda::Function").items():
        role = function["Role"]["Fn::GetAtt"][0]
        allowed = {action for owner, one in statements(templates) if owner == role for action in listed(one["Action"])}
        if allowed != (wanted := _wanted(templates, name, function)):
            yield f"{name} may {sorted(allowed)}, and needs {sorted(wanted)}"


def _wanted(templates: Templates, name: str, function: dict[str, Any]) -> set[str]:
    consumers = [
        one["FunctionName"]["Ref"] for one in of_type(templates.service, "AWS::Lambda::EventSourceMapping").values()
    ]
    consuming = CONSUMING if f"{name}Aliaslive" in consumers else set()
    return needed_actions(name) | CONNECTING[function["Environment"]["Variables"]["DATABASE_AUTH"]] | consuming


def everything_is_allowed_only_where_aws_demands_it(templates: Templates) -> Iterator[str]:
    for owner, statement in statements(templates):
        if "*" in listed(statement["Resource"]) and not set(listed(statement["Action"])) <= KNOW_NO_RESOURCE:
            yield f"{owner} may {statement['Action']} with everything"


def actions_are_for_the_service_s_resources_only(templates: Templates) -> Iterator[str]:
    stage = templates.values["Stage"]
    for owner, statement in statements(templates):
        for action in set(listed(statement["Action"])) & RESOURCES.keys():
            expected = RESOURCES[action]
            expected = expected.replace("{Stage}", stage) if isinstance(expected, str) else expected
            if owner != "ProxyRole" and statement["Resource"] != expected:
                yield f"{owner} may {action} with {statement['Resource']}"


def secrets_are_read_by_those_who_need_them(templates: Templates) -> Iterator[str]:
    wanted = {"ApiHandlerRole": "<TokenKeys>", "MigrateRole": "<OwnerSecret>"}
    found = {
        owner: one["Resource"]
        for owner, one in statements(templates)
        if "secretsmanager:GetSecretValue" in listed(one["Action"])
    }
    if found != wanted:
        yield f"secrets are read by {found}"


def actions_of_running_exist(templates: Templates) -> Iterator[str]:
    for owner, statement in statements(templates):
        for action in listed(statement["Action"]) if owner == "RunningPolicy" else ():
            service, name = action.split(":")
            if name not in operations(service).values():
                yield f"there is no action {action}"


def functions_run_with_the_common_policy(templates: Templates) -> Iterator[str]:
    for name, function in of_type(templates.service, "AWS::Lambda::Function").items():
        role = templates.service[function["Role"]["Fn::GetAtt"][0]]["Properties"]
        if role.get("ManagedPolicyArns") != [{"Ref": "RunningPolicy"}]:
            yield f"{name} can't write its log, or may more than the common policy allows"


RULES = (
    functions_may_do_what_their_code_does_and_nothing_else,
    everything_is_allowed_only_where_aws_demands_it,
    actions_are_for_the_service_s_resources_only,
    secrets_are_read_by_those_who_need_them,
    actions_of_running_exist,
    functions_run_with_the_common_policy,
)
