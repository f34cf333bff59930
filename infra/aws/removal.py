"""Deleting stacks and emptying buckets."""

from collections.abc import Iterator
from typing import Any

from infra.aws.events import Follower
from infra.aws.stack import Stack
from infra.terminal import Terminal

AT_A_TIME = 1000
"""Objects that S3 deletes by one call at most."""


def delete(stack: Stack, terminal: Terminal) -> None:
    """Delete the stack and follow it to its end; raises StackFailedError."""
    with terminal.step(f"Delete {stack.name}"):
        follower = Follower(stack, terminal)
        stack.client.delete_stack(StackName=stack.name)
        follower.until_done()


def empty(s3: Any, bucket: str) -> None:
    """Delete every version of every object."""
    for page in s3.get_paginator("list_object_versions").paginate(
        Bucket=bucket, PaginationConfig={"PageSize": AT_A_TIME}
    ):
        objects = list(_versions(page))
        if objects:
            s3.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})


def _versions(page: dict[str, Any]) -> Iterator[dict[str, str]]:
    for one in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
        yield {"Key": one["Key"], "VersionId": one["VersionId"]}
