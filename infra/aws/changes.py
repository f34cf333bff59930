"""Change sets: what an update of a stack would do, shown before it is done."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from infra.aws.events import Follower
from infra.aws.stack import Stack
from infra.problems import PlatformError
from infra.terminal import Terminal

NO_CHANGES = ("didn't contain changes", "No updates are to be performed")
"""How CloudFormation's reasons begin or end when there is nothing to do."""
PREVIOUS: Mapping[str, Any] = {"UsePreviousTemplate": True}
HOLDS_DATA = {
    "AWS::RDS::DBInstance",
    "AWS::S3::Bucket",
    "AWS::SecretsManager::Secret",
    "AWS::SQS::Queue",
}
"""Types of resources whose content is lost when they are replaced or removed."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one resource."""

    action: str
    kind: str
    name: str
    replacement: str

    @property
    def loses_data(self) -> bool:
        """Whether a resource with content goes, or may go."""
        return self.kind in HOLDS_DATA and (self.action == "Remove" or self.replacement in ("True", "Conditional"))

    def __str__(self) -> str:
        """A line for the terminal."""
        note = {"True": "  REPLACED", "Conditional": "  perhaps replaced"}.get(self.replacement, "")
        return f"    {self.action:8} {self.kind:36} {self.name}{note}"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A proposed change of a stack."""

    stack: Stack
    id: str
    changes: tuple[Change, ...]

    def execute(self, terminal: Terminal) -> None:
        """Do it and follow it to its end; raises StackFailedError."""
        follower = Follower(self.stack, terminal)
        self.stack.client.execute_change_set(ChangeSetName=self.id)
        follower.until_done()

    def discard(self) -> None:
        """Leave nothing of the proposal behind."""
        self.stack.client.delete_change_set(ChangeSetName=self.id)


def propose(stack: Stack, template: Mapping[str, Any], parameters: list[dict[str, Any]]) -> ChangeSet | None:
    """The change that makes the stack what template and parameters say; None if it is that already."""
    made = stack.client.create_change_set(
        StackName=stack.name,
        ChangeSetName=f"deploy-{uuid4()}",
        ChangeSetType="UPDATE" if stack.exists else "CREATE",
        Parameters=parameters,
        Capabilities=["CAPABILITY_IAM"],
        **template,
    )
    description = _until_computed(stack, made["Id"])
    if description["Status"] == "FAILED":
        _refuse_unless_empty(stack, made["Id"], description.get("StatusReason", ""))
        return None
    return ChangeSet(stack, made["Id"], tuple(_changes(stack, made["Id"])))


def update_parameters(stack: Stack, values: Mapping[str, str]) -> ChangeSet | None:
    """The change that gives some parameters new values and leaves template and other values alone."""
    kept = stack.parameters().keys() - values.keys()
    return propose(stack, PREVIOUS, as_parameters(values, kept))


def as_parameters(values: Mapping[str, str], kept: set[str]) -> list[dict[str, Any]]:
    """Parameters as CloudFormation takes them; those in `kept` keep the value that the stack has."""
    fresh = [{"ParameterKey": name, "ParameterValue": value} for name, value in values.items() if name not in kept]
    return fresh + [{"ParameterKey": name, "UsePreviousValue": True} for name in sorted(kept)]


def _until_computed(stack: Stack, change_set: str) -> dict[str, Any]:
    while True:
        description: dict[str, Any] = stack.client.describe_change_set(ChangeSetName=change_set)
        if description["Status"] in ("CREATE_COMPLETE", "FAILED"):
            return description
        time.sleep(stack.account.seconds_between_looks)


def _refuse_unless_empty(stack: Stack, change_set: str, reason: str) -> None:
    stack.client.delete_change_set(ChangeSetName=change_set)
    if not any(sign in reason for sign in NO_CHANGES):
        raise PlatformError(f"CloudFormation does not accept the change of {stack.name}: {reason}")


def _changes(stack: Stack, change_set: str) -> list[Change]:
    pages = stack.client.get_paginator("describe_change_set").paginate(ChangeSetName=change_set)
    found = [one["ResourceChange"] for page in pages for one in page["Changes"]]
    return [
        Change(one["Action"], one["ResourceType"], one["LogicalResourceId"], one.get("Replacement", ""))
        for one in found
    ]
