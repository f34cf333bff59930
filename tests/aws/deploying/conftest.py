"""New code and a new shop, on their way to a stage that serves version 7."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.aws import deployment
from infra.aws.bundle import Bundle
from infra.aws.deployment import Deployment
from infra.aws.package import Package
from infra.problems import PlatformError
from tests.aws.conftest import Person
from tests.aws.deploying.stage import BEFORE, FUNCTION, OUTPUTS, TEMPLATE, body, object_in_bucket
from tests.aws.scripted import Aws, Refusal
from tests.aws.stacks import change, change_set, going_on, stack


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    """New code and a new shop."""
    templates = {}
    for part in ("data", "service", "shop"):
        templates[part] = tmp_path / f"{part}.json"
        templates[part].write_text(json.dumps(TEMPLATE))
    (tmp_path / "new.zip").write_bytes(b"code")
    shop = tmp_path / "dist"
    shop.mkdir()
    (shop / "index.html").write_text("<html>")
    return Bundle(Package("dev", tmp_path / "new.zip", "new.zip", templates, {}), shop)


@pytest.fixture(autouse=True)
def deployed(aws: Aws) -> None:
    """A stage that serves version 7, and AWS in working order."""
    aws.answers("cloudformation.DescribeStacks", stack("a-stack", "UPDATE_COMPLETE", OUTPUTS, {"Stage": "dev"}))
    aws.answers("cloudformation.DescribeStackEvents", going_on(aws))
    aws.answers("cloudformation.CreateChangeSet", {"Id": "arn:of:change", "StackId": "arn:of:stack"})
    aws.answers("cloudformation.DescribeChangeSet", change_set(change("Modify", "AWS::Lambda::Function", "APIHandler")))
    aws.answers("cloudformation.DeleteChangeSet", {})
    aws.answers("cloudformation.ExecuteChangeSet", {})
    alias = {
        "LogicalResourceId": "Alias",
        "PhysicalResourceId": f"{FUNCTION}:live",
        "ResourceType": "AWS::Lambda::Alias",
        "ResourceStatus": "CREATE_COMPLETE",
        "LastUpdatedTimestamp": "2026-11-01",
    }
    aws.answers("cloudformation.ListStackResources", {"StackResourceSummaries": [alias]})
    aws.answers("lambda.GetAlias", {"FunctionVersion": "7"})
    aws.answers("lambda.UpdateAlias", {})
    aws.answers("lambda.GetFunctionConfiguration", {"Architectures": ["arm64"]})
    aws.answers("lambda.UpdateFunctionCode", {})
    aws.answers("lambda.GetFunction", {"Configuration": {"LastUpdateStatus": "Successful"}})
    aws.answers("lambda.Invoke", lambda _: {"Payload": body(json.dumps({"applied": ["0005_more"]}))})
    aws.answers("s3.HeadObject", Refusal("404", "Not Found", 404))
    aws.answers("s3.PutObject", {})
    aws.answers("s3.GetObject", object_in_bucket)
    aws.answers("s3.ListObjectsV2", {"Contents": [{"Key": BEFORE.key, "ETag": '"0"'}]})
    aws.answers("secretsmanager.GetSecretValue", {"SecretString": "first:secret"})
    aws.answers("sqs.GetQueueAttributes", {"Attributes": {"ApproximateNumberOfMessages": "0"}})
    aws.answers("apigateway.GetApiKey", {"value": "origin-key"})
    aws.answers("cloudfront.CreateInvalidation", {})


@pytest.fixture(autouse=True)
def smoke_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """An API that does what it should."""
    monkeypatch.setattr(deployment, "smoke_test", lambda _url, _key: "reserved and cancelled")


@pytest.fixture
def fails(person: Person, bundle: Bundle) -> Callable[[], str]:
    """Runs a deployment that must fail; what is said."""

    def run() -> str:
        with pytest.raises(PlatformError) as caught:
            Deployment(person.operation(), bundle).run()
        return str(caught.value)

    return run
