"""Resources that deleted stacks leave behind: delete them, or show what they cost."""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from infra.aws import token_keys
from infra.aws.stage import Stage


def delete_bucket(s3: Any, bucket: str) -> None:
    """Delete an empty bucket that its stack retained."""
    try:
        s3.delete_bucket(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchBucket":
            raise


def delete_log_groups(logs: Any, prefixes: list[str]) -> None:
    """Delete the log groups that AWS made by itself."""
    for prefix in prefixes:
        pages = logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=prefix)
        for name in [one["logGroupName"] for page in pages for one in page["logGroups"]]:
            logs.delete_log_group(logGroupName=name)


def snapshots(rds: Any, prefix: str, *, keep: bool) -> Iterator[str]:
    """Delete the snapshots of databases whose names begin with the prefix; or keep and name them.

    A database that was replaced has left a snapshot too, but is no longer in a stack.
    """
    for snapshot in _manual_snapshots(rds):
        name = snapshot["DBSnapshotIdentifier"]
        if not snapshot["DBInstanceIdentifier"].startswith(prefix):
            continue
        if keep:
            yield f"Kept: snapshot {name}, {snapshot['AllocatedStorage']} GB, billed each month by its size."
        else:
            rds.delete_db_snapshot(DBSnapshotIdentifier=name)


def _manual_snapshots(rds: Any) -> list[Any]:
    """Return the manual snapshots of the region."""
    pages = rds.get_paginator("describe_db_snapshots").paginate(SnapshotType="manual")
    return [snapshot for page in pages for snapshot in page["DBSnapshots"]]


def keys(stage: Stage, *, keep: bool) -> Iterator[str]:
    """Keep and name the keys that sign tokens, or delete them at once, so that the name is free again."""
    arn = token_keys.left_by_earlier_stage(stage)
    if arn and keep:
        yield f"Kept: secret {arn}, $0.40 a month as published; the next deployment of the stage uses it."
    elif arn:
        client = stage.account.client("secretsmanager")
        client.delete_secret(SecretId=arn, ForceDeleteWithoutRecovery=True)
