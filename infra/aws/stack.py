"""One CloudFormation stack: its state and what it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from infra.aws.account import Account

ABSENT = "ABSENT"
"""The state of a stack that does not exist or was never executed. CloudFormation has no word for it."""
NEVER_EXECUTED = "REVIEW_IN_PROGRESS"
HIDDEN = "****"
"""What CloudFormation shows of a NoEcho parameter."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack by its name, in the account's region or another."""

    account: Account
    name: str
    region: str

    @property
    def client(self) -> Any:
        """CloudFormation in the stack's region."""
        return self.account.client("cloudformation", self.region)

    @property
    def exists(self) -> bool:
        """Whether there is anything to update."""
        return self.state() != ABSENT

    def state(self) -> str:
        """The state in CloudFormation's words, or ABSENT."""
        status: str = self.description().get("StackStatus", NEVER_EXECUTED)
        return ABSENT if status == NEVER_EXECUTED else status

    def description(self) -> dict[str, Any]:
        """CloudFormation's description of the stack; empty if it does not exist."""
        try:
            found: dict[str, Any] = self.client.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as error:
            if "does not exist" in error.response["Error"]["Message"]:
                return {}
            raise
        return found

    def outputs(self) -> dict[str, str]:
        """The outputs of the stack, by name."""
        return {one["OutputKey"]: one["OutputValue"] for one in self.description().get("Outputs", ())}

    def parameters(self) -> dict[str, str]:
        """The parameter values of the stack, by name. Secret ones are HIDDEN."""
        return {one["ParameterKey"]: one["ParameterValue"] for one in self.description().get("Parameters", ())}

    def resources(self, kind: str) -> Iterator[str]:
        """The physical ids of its resources of a type such as AWS::Lambda::Function."""
        for page in self.client.get_paginator("list_stack_resources").paginate(StackName=self.name):
            for one in page["StackResourceSummaries"]:
                if one["ResourceType"] == kind and "PhysicalResourceId" in one:
                    yield one["PhysicalResourceId"]
