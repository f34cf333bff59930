"""`make logs`: follow the logs of the functions."""

import time
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from infra.aws.operation import Operation
from infra.aws.stage import required
from infra.log_lines import readable

SECONDS_BACK = 300
GROUPS = "/aws/lambda/"


class LogGroup:
    """The log of one function. Each event is returned once."""

    def __init__(self, client: Any, name: str, since: float) -> None:
        self._client = client
        self.name = name
        self._since = int(since * 1000)
        self._seen: set[str] = set()

    def new_events(self) -> Iterator[dict[str, Any]]:
        """Yield the events that were not yielded before. They may become visible late, so all are read again."""
        pages = self._client.get_paginator("filter_log_events").paginate(logGroupName=self.name, startTime=self._since)
        try:
            fresh = [event for page in pages for event in page["events"] if event["eventId"] not in self._seen]
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":  # it has not said anything yet
                raise
            return
        self._seen |= {event["eventId"] for event in fresh}
        yield from fresh


def follow(operation: Operation, looks: int | None = None) -> None:
    """Show the last five minutes of the log and follow it, `looks` times or without end."""
    service = required(operation.stage.service)
    client = operation.stage.account.client("logs")
    names = [f"{GROUPS}{function}" for function in service.resources("AWS::Lambda::Function")]
    groups = [LogGroup(client, name, time.time() - SECONDS_BACK) for name in names]
    while looks is None or looks > 0:
        events = [
            (event["timestamp"], group.name, event["message"]) for group in groups for event in group.new_events()
        ]
        for _, name, message in sorted(events):
            function = name.removeprefix(f"{GROUPS}{service.name}-").partition("-")[0]
            operation.say(readable(operation.terminal, function, message.rstrip("\n")))
        looks = looks - 1 if looks else looks
        time.sleep(operation.stage.account.seconds_between_looks)
