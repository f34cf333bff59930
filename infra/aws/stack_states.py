"""The states of a stack in which it can't be deployed, and what to do about each."""

from infra.aws.operation import Operation
from infra.aws.removal import delete
from infra.aws.stack import Stack
from infra.problems import PlatformError

NEVER_WORKED = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"}
"""A first creation failed: CloudFormation can only delete such a stack."""
READY = {"ABSENT", "CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE"}


def make_ready(operation: Operation, stack: Stack) -> None:
    """Return when the stack can be created or updated; raises PlatformError if it can't."""
    state = stack.state()
    if state.endswith("_IN_PROGRESS"):
        raise PlatformError(f"{stack.name} is being changed by somebody else ({state}): wait until that has ended.")
    if state in NEVER_WORKED:
        _offer_to_delete(operation, stack, state)
    elif state not in READY:
        raise PlatformError(_stuck(stack, state))


def _offer_to_delete(operation: Operation, stack: Stack, state: str) -> None:
    operation.asking.require(f"{stack.name} was never created completely ({state}). Delete what is left of it?")
    delete(stack, operation.terminal)


def _stuck(stack: Stack, state: str) -> str:
    if state == "DELETE_FAILED":
        return (
            f"{stack.name} could not be deleted completely ({state}): run `make destroy` again, which names the reason."
        )
    return (
        f"{stack.name} is stuck ({state}): remove the cause that `make status` shows, then run "
        f"`aws cloudformation continue-update-rollback --stack-name {stack.name} --region {stack.region}`."
    )
