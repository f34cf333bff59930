"""Destroying a stage: asked for twice over where it matters, and nothing is left that costs money but what is named."""

from typing import Any

import pytest

from infra.aws.destroy import destroy
from infra.problems import PlatformError
from tests.aws.conftest import Person
from tests.aws.scripted import Aws, Refusal
from tests.aws.stacks import absent, change_set, going_on, stack

RESOURCES = {
    "data": [("AWS::S3::Bucket", "code"), ("AWS::RDS::DBInstance", "database-1"), ("AWS::RDS::DBProxy", "proxy-1")],
    "service": [("AWS::Lambda::Function", "api")],
    "shop": [("AWS::S3::Bucket", "shop")],
}
KEYS = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:flash-sale/prod/token-keys-abcdef"


def snapshot(name: str, database: str) -> dict[str, Any]:
    """A snapshot as RDS describes it."""
    return {"DBSnapshotIdentifier": name, "DBInstanceIdentifier": database, "AllocatedStorage": 100}


SNAPSHOTS = [
    snapshot("last-snapshot", "flash-sale-prod-data-database-2"),
    snapshot("of-the-replaced", "flash-sale-prod-data-database-1"),
    snapshot("of-dev", "flash-sale-dev-data-database-1"),
    snapshot("somebody-elses", "billing"),
]


def part(arguments: dict[str, Any]) -> str:
    """Which of the three stacks a call is about, by name or id."""
    found: str = arguments["StackName"].rpartition("-")[2]
    return found


@pytest.fixture(autouse=True)
def deployed(aws: Aws) -> None:
    """A stage of three stacks whose database is protected."""

    def describe(arguments: dict[str, Any]) -> dict[str, Any]:
        name = arguments["StackName"].removeprefix("arn:of:")
        gone = {one["StackName"] for one in aws.called("cloudformation.DeleteStack")}
        if name in gone:
            return stack(name, "DELETE_COMPLETE") if arguments["StackName"].startswith("arn:") else absent(name)
        return stack(name, "UPDATE_COMPLETE", {}, {"DeletionProtection": "true", "Stage": "prod"})

    def resources(arguments: dict[str, Any]) -> dict[str, Any]:
        found = [
            {"LogicalResourceId": name, "PhysicalResourceId": name, "ResourceType": kind}
            | {"ResourceStatus": "CREATE_COMPLETE", "LastUpdatedTimestamp": "2026-11-01"}
            for kind, name in RESOURCES[part(arguments)]
        ]
        return {"StackResourceSummaries": found}

    aws.answers("cloudformation.DescribeStacks", describe)
    aws.answers("cloudformation.ListStackResources", resources)
    aws.answers("cloudformation.DescribeStackEvents", going_on(aws))
    aws.answers("cloudformation.CreateChangeSet", {"Id": "arn:of:change", "StackId": "arn:of:stack"})
    aws.answers("cloudformation.DescribeChangeSet", change_set())
    aws.answers("cloudformation.ExecuteChangeSet", {})
    aws.answers("cloudformation.DeleteStack", {})
    versions = {"Versions": [{"Key": "a", "VersionId": "1"}], "DeleteMarkers": [{"Key": "b", "VersionId": "2"}]}
    aws.answers("s3.ListObjectVersions", versions)
    aws.answers("s3.DeleteObjects", {})
    aws.answers("s3.DeleteBucket", Refusal("NoSuchBucket", "gone with its stack", 404))
    aws.answers("logs.DescribeLogGroups", {"logGroups": []})
    aws.answers("logs.DeleteLogGroup", {})
    aws.answers("rds.DescribeDBSnapshots", {"DBSnapshots": SNAPSHOTS})
    aws.answers("rds.DeleteDBSnapshot", {})
    aws.answers("secretsmanager.DescribeSecret", {"ARN": KEYS})
    aws.answers("secretsmanager.DeleteSecret", {})


def deleted(aws: Aws) -> list[str]:
    """The stacks that were deleted, in order."""
    return [one["StackName"] for one in aws.called("cloudformation.DeleteStack")]


@pytest.mark.parametrize("answer", ["", "y", "yes", "dev"])
def test_production_is_kept_unless_its_name_is_typed(aws: Aws, person: Person, answer: str) -> None:
    person.answer = answer
    with pytest.raises(PlatformError, match="Nothing was changed"):
        destroy(person.operation("prod", yes=True))
    assert aws.changing == []


def test_production_leaves_its_last_snapshot_and_its_keys_and_names_them(aws: Aws, person: Person) -> None:
    person.answer = "prod"
    destroy(person.operation("prod"))
    assert deleted(aws) == [f"flash-sale-prod-{name}" for name in ("shop", "service", "data")]
    assert aws.called("rds.DeleteDBSnapshot") == aws.called("secretsmanager.DeleteSecret") == []
    assert "last-snapshot" in person.shown
    assert "of-the-replaced" in person.shown
    assert "of-dev" not in person.shown
    assert "somebody-elses" not in person.shown
    assert KEYS in person.shown


def test_the_protection_of_the_database_goes_first(aws: Aws, person: Person) -> None:
    person.answer = "prod"
    destroy(person.operation("prod"))
    (change,) = aws.called("cloudformation.CreateChangeSet")
    assert {"ParameterKey": "DeletionProtection", "ParameterValue": "false"} in change["Parameters"]
    order = aws.changing
    assert order.index("cloudformation.ExecuteChangeSet") < order.index("cloudformation.DeleteStack")


def test_buckets_are_emptied_of_every_version_before_their_stacks_go(aws: Aws, person: Person) -> None:
    destroy(person.operation("dev", yes=True))
    emptied = {one["Bucket"]: one["Delete"]["Objects"] for one in aws.called("s3.DeleteObjects")}
    every = [{"Key": "a", "VersionId": "1"}, {"Key": "b", "VersionId": "2"}]
    assert emptied == {"code": every, "shop": every}
    assert aws.changing.index("s3.DeleteObjects") < aws.changing.index("cloudformation.DeleteStack")


def test_a_stage_for_trying_leaves_nothing(aws: Aws, person: Person) -> None:
    group = "/aws/rds/instance/database-1/postgresql"

    def groups(arguments: dict[str, Any]) -> dict[str, Any]:
        return {"logGroups": [{"logGroupName": group}] if group.startswith(arguments["logGroupNamePrefix"]) else []}

    aws.answers("logs.DescribeLogGroups", groups)
    destroy(person.operation("dev", yes=True))
    assert aws.called("rds.DeleteDBSnapshot") == [{"DBSnapshotIdentifier": "of-dev"}]
    assert aws.called("secretsmanager.DeleteSecret") == [{"SecretId": KEYS, "ForceDeleteWithoutRecovery": True}]
    assert aws.called("logs.DeleteLogGroup") == [{"logGroupName": group}]
    prefixes = {one["logGroupNamePrefix"] for one in aws.called("logs.DescribeLogGroups")}
    assert {"/aws/rds/proxy/proxy-1", "/aws/lambda/flash-sale-dev-service-"} <= prefixes
    assert "Kept" not in person.shown


def test_a_stack_that_is_being_changed_is_left_alone(aws: Aws, person: Person) -> None:
    aws.answers("cloudformation.DescribeStacks", stack("flash-sale-dev-data", "UPDATE_IN_PROGRESS"))
    with pytest.raises(PlatformError, match=r"being changed by somebody else \(UPDATE_IN_PROGRESS\)"):
        destroy(person.operation("dev", yes=True))
    assert aws.changing == []


def test_a_stage_that_is_not_there_is_said_to_be_so(aws: Aws, person: Person) -> None:
    aws.answers("cloudformation.DescribeStacks", absent("any"))
    destroy(person.operation("dev"))
    assert "There is no stage dev" in person.shown
    assert person.questions == []


def test_the_keys_that_a_deleted_stage_left_are_named_again(aws: Aws, person: Person) -> None:
    aws.answers("cloudformation.DescribeStacks", absent("any"))
    destroy(person.operation("prod"))
    assert KEYS in person.shown
    assert aws.changing == []
