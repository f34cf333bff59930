"""Looking at a stage, and going back: status, logs and rollback."""

import json
from io import BytesIO
from typing import Any

import pytest
from botocore.response import StreamingBody

from infra.aws.artifacts import Release
from infra.aws.logs import follow
from infra.aws.rollback import rollback
from infra.aws.status import status
from infra.problems import PlatformError
from tests.aws.conftest import Person
from tests.aws.scripted import Aws, Refusal
from tests.aws.stacks import change, change_set, event, going_on, stack

FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:flash-sale-dev-service-APIHandler-x"
OUTPUTS = {
    "CodeBucket": "code",
    "Bucket": "shop",
    "Distribution": "distribution",
    "Url": "https://shop.example.com",
    "ExpiryQueueUrl": "https://sqs.example.com/expiry",
    "DeadLettersUrl": "https://sqs.example.com/dead-letters",
}
PARAMETERS = {"DatabaseClass": "db.t4g.micro", "WarmEnvironments": "50", "ApiConcurrency": "200", "Stage": "dev"}
RELEASES = [
    Release(
        f"2026-11-0{day}T00-00-00Z",
        f"{day}.zip",
        f"templates/{day}.json",
        {"Stage": "dev"},
        f"shop-{day}",
        {FUNCTION: str(day)},
    )
    for day in (1, 2, 3)
]
TEMPLATE = {"Parameters": {"Stage": {"Type": "String"}, "WarmEnvironments": {"Type": "Number"}}, "Resources": {}}


def stored(arguments: dict[str, Any]) -> dict[str, Any]:
    """What lies in the code bucket."""
    key = arguments["Key"]
    records = {release.key: {name: getattr(release, name) for name in Release.__slots__} for release in RELEASES}
    text = f"<html of {key}>" if key.startswith("shops/") else json.dumps(records.get(key, TEMPLATE))
    return {"Body": StreamingBody(BytesIO(text.encode()), len(text))}


@pytest.fixture(autouse=True)
def deployed(aws: Aws) -> None:
    """A stage with three releases."""
    aws.answers("cloudformation.DescribeStacks", stack("a-stack", "UPDATE_COMPLETE", OUTPUTS, PARAMETERS))
    aws.answers("cloudformation.DescribeStackEvents", going_on(aws))
    aws.answers("cloudformation.CreateChangeSet", {"Id": "arn:of:change", "StackId": "arn:of:stack"})
    aws.answers("cloudformation.DescribeChangeSet", change_set(change("Modify", "AWS::Lambda::Function", "APIHandler")))
    aws.answers("cloudformation.ExecuteChangeSet", {})
    found = {"LogicalResourceId": "x", "ResourceStatus": "CREATE_COMPLETE", "LastUpdatedTimestamp": "2026-11-01"}
    alias = found | {"PhysicalResourceId": f"{FUNCTION}:live", "ResourceType": "AWS::Lambda::Alias"}
    function = found | {"PhysicalResourceId": FUNCTION.rpartition(":")[2], "ResourceType": "AWS::Lambda::Function"}
    aws.answers("cloudformation.ListStackResources", {"StackResourceSummaries": [alias, function]})
    aws.answers("lambda.GetAlias", {"FunctionVersion": "3"})
    aws.answers("lambda.UpdateAlias", {})
    aws.answers("s3.ListObjectsV2", {"Contents": [{"Key": release.key} for release in RELEASES]})
    aws.answers("s3.GetObject", stored)
    aws.answers("s3.HeadObject", {})
    aws.answers("s3.PutObject", {})
    aws.answers("s3.DeleteObject", {})
    aws.answers("cloudfront.CreateInvalidation", {})
    counts = ("", "Delayed", "NotVisible")
    attributes = {f"ApproximateNumberOfMessages{name}": str(number) for number, name in enumerate(counts)}
    aws.answers("sqs.GetQueueAttributes", {"Attributes": attributes})
    alarming = {
        "AlarmName": "flash-sale-dev-drift",
        "AlarmDescription": "docs/operations.md#drift",
        "StateValue": "ALARM",
    }
    quiet = {"AlarmName": "flash-sale-dev-storage", "StateValue": "OK"}
    aws.answers("cloudwatch.DescribeAlarms", {"MetricAlarms": [alarming, quiet]})


def test_going_back_lets_the_earlier_versions_serve_before_anything_else(aws: Aws, person: Person) -> None:
    rollback(person.operation())
    assert aws.changing[0] == "lambda.UpdateAlias"
    assert aws.called("lambda.UpdateAlias")[0] == {"FunctionName": FUNCTION, "Name": "live", "FunctionVersion": "2"}


def put(aws: Aws) -> list[tuple[str, str, bytes]]:
    """What was uploaded: bucket, key and content."""
    return [(one["Bucket"], one["Key"], one["Body"]) for one in aws.called("s3.PutObject")]


def test_going_back_brings_the_earlier_pages_template_and_values(aws: Aws, person: Person) -> None:
    rollback(person.operation())
    assert put(aws) == [
        ("shop", "desk", b"<html of shops/shop-2/desk>"),
        ("shop", "index.html", b"<html of shops/shop-2/index.html>"),
        ("shop", "sw.js", b"<html of shops/shop-2/sw.js>"),
    ]
    (forgotten,) = aws.called("cloudfront.CreateInvalidation")
    assert forgotten["InvalidationBatch"]["Paths"]["Items"] == ["/desk", "/index.html", "/sw.js", "/"]
    (made,) = aws.called("cloudformation.CreateChangeSet")
    assert made["TemplateURL"].endswith("/code/templates/2.json")
    assert made["Parameters"] == [
        {"ParameterKey": "Stage", "ParameterValue": "dev"},
        {"ParameterKey": "WarmEnvironments", "UsePreviousValue": True},
    ]


def test_a_page_that_the_earlier_release_did_not_have_stays(aws: Aws, person: Person) -> None:
    def only_the_shop(arguments: dict[str, Any]) -> dict[str, Any]:
        if not arguments["Key"].endswith("/index.html"):
            return Refusal("404", "Not Found", status=404)
        return {}

    aws.answers("s3.HeadObject", only_the_shop)
    rollback(person.operation())
    assert put(aws) == [("shop", "index.html", b"<html of shops/shop-2/index.html>")]


def test_what_was_gone_back_from_is_no_release_any_more(aws: Aws, person: Person) -> None:
    rollback(person.operation())
    assert aws.called("s3.DeleteObject") == [{"Bucket": "code", "Key": RELEASES[2].key}]


def test_there_must_be_a_release_to_go_back_to(aws: Aws, person: Person) -> None:
    aws.answers("s3.ListObjectsV2", {"Contents": [{"Key": RELEASES[0].key}]})
    with pytest.raises(PlatformError, match="no release to go back to"):
        rollback(person.operation())
    assert aws.changing == []


def test_nothing_goes_back_unless_the_person_agrees(aws: Aws, person: Person) -> None:
    person.answer = "n"
    with pytest.raises(PlatformError, match="Nothing was changed"):
        rollback(person.operation())
    assert aws.changing == []


@pytest.mark.parametrize(
    "fact",
    [
        "dev in account 123456789012, region eu-central-1",
        "flash-sale-dev-service",
        "UPDATE_COMPLETE",
        "release of 2026-11-03T00-00-00Z",
        "database db.t4g.micro",
        "environments kept ready: 50 of 200",
        "version   3 serves",
        "dead letters: 0 to be received, 1 delayed, 2 in flight",
        "alarms: 1 ALARM, 1 OK",
        "flash-sale-dev-drift: docs/operations.md#drift",
        "https://shop.example.com",
    ],
)
def test_status_shows(aws: Aws, person: Person, fact: str) -> None:
    status(person.operation())
    assert fact in person.shown
    assert aws.changing == []


def test_status_names_what_failed_last(aws: Aws, person: Person) -> None:
    aws.answers("cloudformation.DescribeStacks", stack("a-stack", "UPDATE_ROLLBACK_COMPLETE", OUTPUTS, PARAMETERS))
    events = [
        event(4, "Expire", "UPDATE_FAILED", "Resource update cancelled"),
        event(3, "APIHandler", "UPDATE_FAILED", "Memory size is too large"),
        event(2, "stack", "UPDATE_IN_PROGRESS"),
        event(1, "Older", "UPDATE_FAILED", "something earlier"),
    ]
    aws.answers("cloudformation.DescribeStackEvents", {"StackEvents": events})
    status(person.operation())
    assert "APIHandler (AWS::Lambda::Function) failed: Memory size is too large" in person.shown
    assert "Older" not in person.shown


def log_line(number: int, message: str) -> dict[str, Any]:
    """An event of a log."""
    return {"eventId": str(number), "timestamp": number, "message": f"{message}\n"}


def test_logs_are_shown_in_order_and_once(aws: Aws, person: Person) -> None:
    first, second = log_line(1, "one"), log_line(2, "two")
    aws.answers("logs.FilterLogEvents", {"events": [second, first]}, {"events": [first, second, log_line(3, "three")]})
    follow(person.operation(), looks=2)
    shown = person.shown.splitlines()
    assert [line.split()[-1] for line in shown] == ["one", "two", "three"]
    assert all("APIHandler" in line for line in shown)


def test_a_function_that_has_not_said_anything_yet_is_waited_for(aws: Aws, person: Person) -> None:
    missing = Refusal("ResourceNotFoundException", "The specified log group does not exist.")
    aws.answers("logs.FilterLogEvents", missing, {"events": [log_line(1, "one")]})
    follow(person.operation(), looks=2)
    assert "one" in person.shown
