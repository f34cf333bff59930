"""Before and after a sale: a larger database instance, and environments that are ready."""

from infra.aws.changes import update_parameters
from infra.aws.operation import Operation
from infra.aws.stack import Stack
from infra.aws.stack_states import make_ready
from infra.aws.stage import required
from infra.local.problems import PlatformError


def scale(operation: Operation, instance_class: str) -> None:
    """Give the database instance another class; it is away for a moment."""
    if not instance_class.startswith("db."):
        raise PlatformError("CLASS must be an RDS instance class: for example CLASS=db.r8g.2xlarge.")
    away = "about a minute with a standby, several without"
    _set(
        operation, required(operation.stage.data), "DatabaseClass", instance_class, f"The database is away for {away}."
    )


def warm(operation: Operation, environments: str) -> None:
    """Keep so many environments of the API ready. They cost as long as they are kept, used or not."""
    service = required(operation.stage.service)
    most = int(service.parameters()["ApiConcurrency"])
    if not (environments.isascii() and environments.isdigit() and int(environments) <= most):
        raise PlatformError(f"N must be a number from 0 to {most}, the API's reserved concurrency (ApiConcurrency).")
    _set(operation, service, "WarmEnvironments", environments, "Environments that are kept ready cost by the hour.")


def _set(operation: Operation, stack: Stack, parameter: str, value: str, effect: str) -> None:
    """Show the old and the new value, ask, and update the stack."""
    make_ready(operation, stack)
    change = update_parameters(stack, {parameter: value})
    if change is None:
        operation.say(f"Nothing changed: {parameter} is {value} already.")
        return
    operation.say(f"{stack.name}: {parameter} from {stack.parameters()[parameter]} to {value}. {effect}")
    for one in change.changes:
        operation.say(str(one))
    operation.asking.require("Change it?")
    with operation.terminal.step(stack.name):
        change.execute(operation.terminal)
