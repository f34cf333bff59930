"""Before and after a sale: a larger database instance, and environments that are ready."""

from collections.abc import Mapping
from datetime import UTC, datetime

from infra.aws.changes import update_parameters
from infra.aws.operation import Operation
from infra.aws.stack import Stack
from infra.aws.stack_states import make_ready
from infra.aws.stage import required
from infra.problems import PlatformError

TIME = "%Y-%m-%dT%H:%M:%S"


def scale(operation: Operation, instance_class: str) -> None:
    """Change the class of the database instance. The database is unavailable meanwhile."""
    if not instance_class.startswith("db."):
        raise PlatformError("CLASS must be a class of RDS instances: for example CLASS=db.r8g.2xlarge.")
    effect = "The database is unavailable meanwhile: about a minute with a standby, several without."
    _set(operation, required(operation.stage.data), {"DatabaseClass": instance_class}, effect)


def warm(operation: Operation, environments: str, since: str = "", until: str = "") -> None:
    """Keep environments of the API ready, from now on or between two times in UTC."""
    service = required(operation.stage.service)
    most = int(service.parameters()["ApiConcurrency"])
    if not (environments.isascii() and environments.isdigit()):
        raise PlatformError("N must be a number of environments, 0 for none: for example N=200.")
    if most and int(environments) > most:
        raise PlatformError(f"N must be at most {most}, the API's reserved concurrency (ApiConcurrency).")
    _check_times(since, until)
    values = {"WarmEnvironments": environments, "WarmFrom": since, "WarmUntil": until}
    _set(operation, service, values, "Environments that are kept ready are paid for by the second, used or not.")


def _check_times(since: str, until: str) -> None:
    try:
        valid = bool(since) == bool(until) and (not since or datetime.now(UTC) < _utc(since) < _utc(until))
    except ValueError:
        valid = False
    if not valid:
        raise PlatformError(
            "FROM and UNTIL must be given together, in the future, in UTC and in this order: FROM=2030-12-01T09:50:00."
        )


def _utc(text: str) -> datetime:
    return datetime.strptime(text, TIME).replace(tzinfo=UTC)


def _set(operation: Operation, stack: Stack, values: Mapping[str, str], effect: str) -> None:
    """Show the old and the new values, ask, and update the stack."""
    make_ready(operation, stack)
    change = update_parameters(stack, values)
    if change is None:
        operation.say("Nothing changed: the stack has these values already.")
        return
    before = stack.parameters()
    for name, value in values.items():
        operation.say(f"{stack.name}: {name} from {before.get(name) or 'none'} to {value or 'none'}")
    for one in change.changes:
        operation.say(str(one))
    operation.asking.require(f"{effect} Change it?")
    with operation.terminal.step(stack.name):
        change.execute(operation.terminal)
