"""What CloudFormation says of stacks, for scripts."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.aws.scripted import Aws, Refusal

THEN = datetime(2026, 11, 27, 9, tzinfo=UTC)


def stack(
    name: str, status: str, outputs: dict[str, str] | None = None, parameters: dict[str, str] | None = None
) -> dict[str, Any]:
    """A description of one stack."""
    return {
        "Stacks": [
            {
                "StackName": name,
                "StackId": f"arn:of:{name}",
                "StackStatus": status,
                "CreationTime": THEN,
                "Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in (outputs or {}).items()],
                "Parameters": [
                    {"ParameterKey": key, "ParameterValue": value} for key, value in (parameters or {}).items()
                ],
            }
        ]
    }


def absent(name: str) -> Refusal:
    """The answer for a stack that does not exist."""
    return Refusal("ValidationError", f"Stack with id {name} does not exist")


def event(number: int, name: str, status: str, reason: str = "") -> dict[str, Any]:
    """Something that happened to a resource."""
    found = {
        "StackId": "arn:of:stack",
        "StackName": "stack",
        "EventId": str(number),
        "LogicalResourceId": name,
        "PhysicalResourceId": f"physical-{name}",
        "ResourceType": "AWS::Lambda::Function",
        "ResourceStatus": status,
        "Timestamp": THEN,
    }
    return {**found, "ResourceStatusReason": reason} if reason else found


def going_on(aws: Aws) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Another event of the stack each time one looks, as while something happens."""

    def events(_: dict[str, Any]) -> dict[str, Any]:
        number = len(aws.called("cloudformation.DescribeStackEvents"))
        return {"StackEvents": [event(number, "stack", "UPDATE_COMPLETE")]}

    return events


def change(action: str, kind: str, name: str, replacement: str = "False") -> dict[str, Any]:
    """One resource of a change set."""
    detail = {"Action": action, "ResourceType": kind, "LogicalResourceId": name}
    if action == "Modify":
        detail["Replacement"] = replacement
    return {"Type": "Resource", "ResourceChange": detail}


def change_set(*changes: dict[str, Any]) -> dict[str, Any]:
    """A change set that can be executed."""
    return {"Status": "CREATE_COMPLETE", "Changes": list(changes)}


def no_changes() -> dict[str, Any]:
    """AWS's way of saying that there is nothing to do."""
    reason = "The submitted information didn't contain changes. Submit different information to create a change set."
    return {"Status": "FAILED", "StatusReason": reason, "Changes": []}
