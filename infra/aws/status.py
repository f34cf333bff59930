"""`make status`: show what is deployed, and its state."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from infra.aws import functions
from infra.aws.events import first_failure
from infra.aws.operation import Operation
from infra.aws.stack import Stack
from infra.aws.stage import Stage

QUEUES = {"ExpiryQueueUrl": "expiry messages", "DeadLettersUrl": "dead letters"}
COUNTS = {
    "ApproximateNumberOfMessages": "to be received",
    "ApproximateNumberOfMessagesDelayed": "delayed",
    "ApproximateNumberOfMessagesNotVisible": "in flight",
}


def status(operation: Operation) -> None:
    """Print the state of the stage."""
    stage = operation.stage
    operation.say(f"{stage.name} in account {stage.account.number}, region {stage.account.region}")
    for stack in stage.stacks:
        for line in _stack(stack):
            operation.say(f"  {line}")
    if stage.service.exists:
        for line in (*_release(operation), *_size(stage), *_queues(stage), *_alarms(stage)):
            operation.say(f"  {line}")
    if stage.shop.exists:
        operation.say(f"  the shop: {stage.shop.outputs()['Url']}")


def _stack(stack: Stack) -> Iterator[str]:
    """Yield the state of a stack; after a failure also the resource that failed."""
    found = stack.description()
    changed: datetime | None = found.get("LastUpdatedTime", found.get("CreationTime"))
    yield f"{stack.name:24} {stack.state():24} {changed:%Y-%m-%d %H:%M:%S}" if changed else f"{stack.name:24} ABSENT"
    if found and ("FAILED" in stack.state() or "ROLLBACK" in stack.state()):
        yield f"  {first_failure(stack)}"


def _release(operation: Operation) -> Iterator[str]:
    release = operation.artifacts.current()
    yield (
        f"release of {release.at}, code {release.code_key[:12]}" if release else "no release passed its smoke test yet"
    )


def _size(stage: Stage) -> Iterator[str]:
    service, data = stage.service.parameters(), stage.data.parameters()
    yield f"database {data['DatabaseClass']}"
    yield f"environments kept ready: {service['WarmEnvironments']} of {service['ApiConcurrency']}"
    for function, version in functions.live_versions(stage.service).items():
        yield f"version {version:>3} serves: {function.rpartition(':')[2]}"


def _queues(stage: Stage) -> Iterator[str]:
    client, outputs = stage.account.client("sqs"), stage.service.outputs()
    for output, name in QUEUES.items():
        found = client.get_queue_attributes(QueueUrl=outputs[output], AttributeNames=list(COUNTS))["Attributes"]
        yield f"{name}: " + ", ".join(f"{found[count]} {meaning}" for count, meaning in COUNTS.items())


def _alarms(stage: Stage) -> Iterator[str]:
    """Yield the number of alarms by state, and each that is in state ALARM with its section of docs/operations.md."""
    pages = stage.account.client("cloudwatch").get_paginator("describe_alarms").paginate(AlarmNamePrefix=stage.prefix)
    alarms: list[dict[str, Any]] = [one for page in pages for one in page["MetricAlarms"]]
    states = Counter(one["StateValue"] for one in alarms)
    yield f"alarms: {', '.join(f'{count} {state}' for state, count in sorted(states.items())) or 'none'}"
    for one in (one for one in alarms if one["StateValue"] == "ALARM"):
        yield f"  {one['AlarmName']}: {one.get('AlarmDescription', '')}"
