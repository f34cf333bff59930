"""Following a change of a stack to its end."""

import time
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from infra.aws.stack import Stack
from infra.problems import PlatformError
from infra.terminal import Terminal

CANCELLED = ("Resource creation cancelled", "Resource update cancelled")
"""AWS's reason for resources that failed only because another one did."""
AFTERWARDS = {
    "ROLLBACK_COMPLETE": "Nothing of it is left; `make deploy` offers to delete the record.",
    "UPDATE_ROLLBACK_COMPLETE": "The stack is what it was before.",
}
"""What a failed change left, by the state that it ended in."""
GOOD = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE", "DELETE_COMPLETE"}


class StackFailedError(PlatformError):
    """A change of a stack that CloudFormation did not finish: the resource and AWS's reason."""


def first_failure(stack: Stack) -> str:
    """The resource that failed first in the last change of the stack, with AWS's reason."""
    found = ""
    for event in stack.client.describe_stack_events(StackName=stack.name)["StackEvents"]:  # the newest first
        if _is_start(event):
            break
        found = _failure(event) or found
    return found or "AWS names no resource that failed."


def _is_start(event: dict[str, Any]) -> bool:
    """Whether the event begins a change of the whole stack."""
    begun = ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS")
    return _is_of_stack(event) and event["ResourceStatus"] in begun


def _is_of_stack(event: dict[str, Any]) -> bool:
    """Whether the event is about the stack as a whole."""
    whole: bool = event["LogicalResourceId"] == event["StackName"]
    return whole


def _failure(event: dict[str, Any]) -> str:
    """Return what failed and why; empty if the event is no failure, or only a consequence of one."""
    reason = event.get("ResourceStatusReason", "no reason given")
    consequence = _is_of_stack(event) or reason.startswith(CANCELLED)
    if consequence or not event["ResourceStatus"].endswith("_FAILED"):
        return ""
    return f"{event['LogicalResourceId']} ({event['ResourceType']}) failed: {reason}"


class Follower:
    """Shows what happens to a stack from now on."""

    def __init__(self, stack: Stack, terminal: Terminal) -> None:
        self._stack = stack
        self._terminal = terminal
        self._id: str = stack.description()["StackId"]
        self._newest = next(self._events(), {}).get("EventId")
        self._has_begun = False
        self._first_failure = ""

    def until_done(self) -> None:
        """Return when the change is done; raises StackFailedError if it failed.

        The state right after a change was started may still be the one before; the first event tells that it has begun.
        """
        while (state := self._state()).endswith("_IN_PROGRESS") or not self._has_begun:
            self._show_new_events()
            time.sleep(self._stack.account.seconds_between_looks)
        self._show_new_events()
        if state not in GOOD:
            reason = self._first_failure or "AWS names no resource that failed."
            raise StackFailedError(f"{reason} ({self._stack.name}: {state}) {AFTERWARDS.get(state, '')}".strip())

    def _state(self) -> str:
        """Return the state of the stack. It is found by its id, because a deleted stack no longer has a name."""
        state: str = self._stack.client.describe_stacks(StackName=self._id)["Stacks"][0]["StackStatus"]
        return state

    def _show_new_events(self) -> None:
        fresh = list(takewhile(lambda event: event["EventId"] != self._newest, self._events()))
        for event in reversed(fresh):
            self._newest = event["EventId"]
            self._has_begun = True
            self._show(event)

    def _events(self) -> Iterator[dict[str, Any]]:
        """The newest first."""
        pages = self._stack.client.get_paginator("describe_stack_events").paginate(StackName=self._id)
        for page in pages:
            yield from page["StackEvents"]

    def _show(self, event: dict[str, Any]) -> None:
        """Show a line for each resource that is done, but not for the stack itself. Keep the first failure."""
        status, failure = event["ResourceStatus"], _failure(event)
        self._first_failure = self._first_failure or failure
        if _is_of_stack(event):
            return
        if failure or status.endswith("_COMPLETE"):
            mark = self._terminal.colour("red", "✗") if failure else self._terminal.colour("green", "✓")
            self._terminal.say(f"    {mark} {status:16} {event['ResourceType']:36} {event['LogicalResourceId']}")
