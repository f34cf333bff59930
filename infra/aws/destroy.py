"""`make destroy`: delete a stage, and say what still costs money."""

from collections.abc import Iterator
from dataclasses import dataclass

from infra.aws import leftovers
from infra.aws.changes import update_parameters
from infra.aws.operation import Operation
from infra.aws.removal import delete, empty
from infra.aws.stack import Stack
from infra.aws.stage import PARTS, Stage
from infra.problems import PlatformError

KEEPING = {"prod"}
"""Stages whose last snapshot and keys outlive them."""
BUCKET, DATABASE, PROXY = "AWS::S3::Bucket", "AWS::RDS::DBInstance", "AWS::RDS::DBProxy"


@dataclass(frozen=True, slots=True)
class Inventory:
    """The names of the resources of the stacks, recorded before the stacks are deleted."""

    buckets: dict[str, str]
    """The region of each."""
    databases: list[str]
    proxies: list[str]


def destroy(operation: Operation) -> None:
    """Ask, delete the three stacks and the resources that they leave behind, and name what is kept."""
    stage = operation.stage
    present = [stack for stack in stage.stacks if stack.exists]
    if not present:
        operation.say(f"There is no stage {stage.name} in account {stage.account.number}, {stage.account.region}.")
        for line in leftovers.keys(stage, keep=True):
            operation.say(line)
        return
    _refuse_while_changing(present)
    _ask(operation, present)
    inventory = _inventory(present)
    _unprotect(operation, stage)
    for bucket, region in inventory.buckets.items():
        empty(stage.account.client("s3", region), bucket)
    for stack in reversed(present):
        delete(stack, operation.terminal)
    for line in _clear(stage, inventory):
        operation.say(line)


def _refuse_while_changing(stacks: list[Stack]) -> None:
    for stack in stacks:
        if (state := stack.state()).endswith("_IN_PROGRESS"):
            raise PlatformError(f"{stack.name} is being changed by somebody else ({state}): wait until that has ended.")


def _ask(operation: Operation, stacks: list[Stack]) -> None:
    stage = operation.stage
    operation.say(f"{stage.name} in account {stage.account.number}, region {stage.account.region}, with all its data:")
    for stack in stacks:
        operation.say(f"  {stack.name}")
    if stage.name in KEEPING:
        operation.say("The last snapshot of the database and the keys that sign tokens are kept.")
        operation.asking.require_typed("Delete the stage?", stage.name)
    else:
        operation.asking.require("Delete the stage and everything in it, the keys and the last snapshot too?")


def _inventory(stacks: list[Stack]) -> Inventory:
    def named(kind: str) -> list[str]:
        return [name for stack in stacks for name in stack.resources(kind)]

    buckets = {bucket: stack.region for stack in stacks for bucket in stack.resources(BUCKET)}
    return Inventory(buckets, named(DATABASE), named(PROXY))


def _unprotect(operation: Operation, stage: Stage) -> None:
    """Switch the deletion protection off, because RDS does not delete a protected instance."""
    if stage.data.parameters().get("DeletionProtection") == "true":
        change = update_parameters(stage.data, {"DeletionProtection": "false"})
        if change:
            with operation.terminal.step("Deletion protection off"):
                change.execute(operation.terminal)


def _clear(stage: Stage, inventory: Inventory) -> Iterator[str]:
    """Delete what stacks leave behind; yield what stays and what it costs."""
    account = stage.account
    for bucket, region in inventory.buckets.items():
        leftovers.delete_bucket(account.client("s3", region), bucket)
    logs = [f"/aws/lambda/{stage.stack(part).name}-" for part in PARTS]
    logs += [f"/aws/rds/instance/{name}/" for name in inventory.databases]
    logs += [f"/aws/rds/proxy/{name}" for name in inventory.proxies]
    leftovers.delete_log_groups(account.client("logs"), logs)
    keep = stage.name in KEEPING
    yield from leftovers.snapshots(account.client("rds"), f"{stage.data.name}-", keep=keep)
    yield from leftovers.keys(stage, keep=keep)
