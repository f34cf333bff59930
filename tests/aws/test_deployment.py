"""A deployment that goes wrong: the old code serves again, no file was uploaded, and the sentence says what failed."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from botocore.response import StreamingBody

from infra.aws import deployment, smoke
from infra.aws.artifacts import Release
from infra.aws.bundle import Bundle
from infra.aws.deployment import Deployment
from infra.aws.package import Package
from infra.aws.smoke import SmokeTestError
from infra.local.problems import PlatformError
from tests.aws.conftest import Person
from tests.aws.scripted import Aws, Refusal
from tests.aws.stacks import absent, change, change_set, event, no_changes, stack

FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:api"
MIGRATE = "flash-sale-dev-service-Migrate"
OUTPUTS = {
    "CodeBucket": "code",
    "TokenKeys": "arn:of:keys",
    "MigrateFunction": MIGRATE,
    "ApiDomain": "api.example.com",
    "OriginKeyId": "key-id",
    "DeadLettersUrl": "https://sqs.example.com/dead-letters",
    "Bucket": "shop",
    "Distribution": "distribution",
    "Url": "https://shop.example.com",
}
BEFORE = Release("2026-11-01T00-00-00Z", "old.zip", "templates/old.json", {"Stage": "dev"}, "old-shop", {FUNCTION: "7"})
TEMPLATE = {"Parameters": {"Stage": {"Type": "String"}}, "Resources": {"One": {"Type": "AWS::SQS::Queue"}}}
OLD_TEMPLATE = {**TEMPLATE, "Description": "old"}


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


def body(content: str) -> StreamingBody:
    """What a call gives as a stream."""
    return StreamingBody(BytesIO(content.encode()), len(content.encode()))


def object_in_bucket(arguments: dict[str, Any]) -> dict[str, Any]:
    """What lies in the code bucket: the release before, and its template."""
    content = OLD_TEMPLATE if arguments["Key"] == BEFORE.template_key else vars_of(BEFORE)
    return {"Body": body(json.dumps(content))}


def vars_of(release: Release) -> dict[str, Any]:
    """The members of a release."""
    return {name: getattr(release, name) for name in Release.__slots__}


@pytest.fixture(autouse=True)
def deployed(aws: Aws) -> None:
    """A stage that serves version 7, and AWS in working order."""
    aws.answers("cloudformation.DescribeStacks", stack("a-stack", "UPDATE_COMPLETE", OUTPUTS, {"Stage": "dev"}))
    aws.answers("cloudformation.DescribeStackEvents", {"StackEvents": []})
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


def used_code(aws: Aws) -> list[str]:
    """The code that the migrate function was given, in order."""
    return [one["S3Key"] for one in aws.called("lambda.UpdateFunctionCode")]


def uploaded(aws: Aws) -> list[str]:
    """What reached the shop's bucket."""
    return [one["Key"] for one in aws.called("s3.PutObject") if one["Bucket"] == "shop"]


def test_migrations_run_with_the_new_code_before_the_service_changes(aws: Aws, person: Person, bundle: Bundle) -> None:
    Deployment(person.operation(), bundle).run()
    order = [name for name, _ in aws.calls]
    service = [number for number, name in enumerate(order) if name == "cloudformation.ExecuteChangeSet"][1]
    assert order.index("lambda.UpdateFunctionCode") < order.index("lambda.Invoke") < service
    assert used_code(aws) == ["new.zip"]
    assert aws.called("lambda.UpdateFunctionCode")[0]["Architectures"] == ["arm64"]
    assert "applied 0005_more" in person.shown


def test_a_deployment_that_succeeds_is_recorded_after_the_files(aws: Aws, person: Person, bundle: Bundle) -> None:
    Deployment(person.operation(), bundle).run()
    keys = [one["Key"] for one in aws.called("s3.PutObject")]
    (record,) = [one for one in aws.called("s3.PutObject") if one["Key"].startswith("releases/")]
    assert keys.index("index.html") < keys.index(record["Key"]) == len(keys) - 1
    assert json.loads(record["Body"])["code_key"] == "new.zip"


def test_a_failed_migration_leaves_everything_as_it_was(aws: Aws, fails: Callable[[], str]) -> None:
    error = json.dumps({"errorMessage": "lock timeout"})
    aws.answers("lambda.Invoke", lambda _: {"Payload": body(error), "FunctionError": "Unhandled"})
    # the data stack changes, and going back finds nothing to change
    aws.answers("cloudformation.DescribeChangeSet", change_set(), change_set(), no_changes())
    assert fails() == (
        "The migration failed: lock timeout The release of 2026-11-01T00-00-00Z serves; no file was uploaded."
    )
    assert used_code(aws) == ["new.zip", "old.zip"]
    assert len(aws.called("cloudformation.ExecuteChangeSet")) == 1
    assert uploaded(aws) == []


def test_a_failed_smoke_test_lets_the_old_versions_serve_at_once_and_the_stack_follow(
    aws: Aws, fails: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def smoke_test(_url: str, _key: str) -> str:
        raise SmokeTestError("The smoke test failed: POST /reservations answers 500 instead of 201.")

    monkeypatch.setattr(deployment, "smoke_test", smoke_test)
    assert fails() == (
        "The smoke test failed: POST /reservations answers 500 instead of 201. "
        "The release of 2026-11-01T00-00-00Z serves; no file was uploaded."
    )
    assert aws.called("lambda.UpdateAlias") == [
        {"FunctionName": FUNCTION, "Name": "live", "FunctionVersion": "7"},
    ]
    last = aws.called("cloudformation.CreateChangeSet")[-1]
    assert last["TemplateURL"].endswith(f"/code/{BEFORE.template_key}")
    assert aws.changing.index("lambda.UpdateAlias") < len(aws.changing) - 1
    assert aws.changing[-1] == "cloudformation.ExecuteChangeSet"
    assert used_code(aws) == ["new.zip", "old.zip"]
    assert uploaded(aws) == []


def test_messages_that_the_new_code_gives_up_fail_the_smoke_test(aws: Aws, fails: Callable[[], str]) -> None:
    counts = [{"Attributes": {"ApproximateNumberOfMessages": number}} for number in ("1", "3")]
    aws.answers("sqs.GetQueueAttributes", *counts)
    assert fails().startswith("The smoke test failed: 2 messages were given up.")
    assert aws.called("lambda.UpdateAlias")


def test_messages_that_were_given_up_before_do_not_stop_a_deployment(aws: Aws, person: Person, bundle: Bundle) -> None:
    aws.answers("sqs.GetQueueAttributes", {"Attributes": {"ApproximateNumberOfMessages": "3"}})
    Deployment(person.operation(), bundle).run()
    assert uploaded(aws) == ["index.html"]


def test_a_resource_that_fails_is_named_and_the_old_release_serves(aws: Aws, fails: Callable[[], str]) -> None:
    # the events of the data stack before and after, then those of the service stack
    failure = event(9, "APIHandler", "UPDATE_FAILED", "Unzipped size must be smaller")
    events = [{"StackEvents": found} for found in ([], [], [], [failure])]
    aws.answers("cloudformation.DescribeStackEvents", *events)
    rolled_back = stack("a-stack", "UPDATE_ROLLBACK_COMPLETE", OUTPUTS, {"Stage": "dev"})
    executed = {"count": 0}

    def execute(_: dict[str, Any]) -> dict[str, Any]:
        executed["count"] += 1
        if executed["count"] == 2:
            aws.answers("cloudformation.DescribeStacks", rolled_back)
        return {}

    aws.answers("cloudformation.ExecuteChangeSet", execute)
    aws.answers(
        "cloudformation.DescribeChangeSet", change_set(), change_set(), change_set(), change_set(), no_changes()
    )
    said = fails()
    assert said.startswith("APIHandler (AWS::Lambda::Function) failed: Unzipped size must be smaller")
    assert said.endswith("The release of 2026-11-01T00-00-00Z serves; no file was uploaded.")
    assert uploaded(aws) == []


def test_what_aws_does_not_allow_restores_the_old_code_too(aws: Aws, fails: Callable[[], str]) -> None:
    aws.answers("lambda.Invoke", Refusal("AccessDeniedException", "not authorized to perform: lambda:InvokeFunction"))
    assert fails().startswith("AWS refuses Invoke (AccessDeniedException)")
    assert used_code(aws) == ["new.zip", "old.zip"]


def test_when_going_back_fails_too_both_reasons_are_said(aws: Aws, fails: Callable[[], str]) -> None:
    aws.answers("lambda.Invoke", Refusal("ServiceException", "an internal error"))
    aws.answers("lambda.UpdateAlias", Refusal("TooManyRequestsException", "Rate exceeded"))
    said = fails()
    assert "an internal error" in said
    assert "Going back failed too" in said
    assert "Rate exceeded" in said


def test_a_first_deployment_that_fails_has_nothing_to_go_back_to(aws: Aws, fails: Callable[[], str]) -> None:
    there = stack("a-stack", "CREATE_COMPLETE", OUTPUTS, {"Stage": "dev"})

    def describe(arguments: dict[str, Any]) -> dict[str, Any]:
        executed = len(aws.called("cloudformation.ExecuteChangeSet"))
        name = arguments["StackName"]
        return absent(name) if name.endswith("-service") and executed < 2 and created["count"] < 2 else there

    created = {"count": 0}

    def create(_: dict[str, Any]) -> dict[str, Any]:
        created["count"] += 1
        return {"Id": "arn:of:change", "StackId": "arn:of:stack"}

    aws.answers("cloudformation.DescribeStacks", describe)
    aws.answers("cloudformation.CreateChangeSet", create)
    error = json.dumps({"errorMessage": "no such role"})
    aws.answers("lambda.Invoke", lambda _: {"Payload": body(error), "FunctionError": "Unhandled"})
    assert fails() == ("The migration failed: no such role No shopper could see it yet: correct it and deploy again.")
    assert aws.called("lambda.UpdateAlias") == []
    assert uploaded(aws) == []


PRODUCT = {"id": "550e8400-e29b-41d4-a716-446655440000", "name": "A lamp", "availableStock": 3}


def api(**answers: httpx.Response) -> Callable[[httpx.Request], httpx.Response]:
    """An API that does what it should, save for the answers given by the last word of their path."""
    known = {
        "products": httpx.Response(200, json=[PRODUCT]),
        "shoppers": httpx.Response(201, json={"token": "a-token"}),
        "reservations": httpx.Response(201, json={"id": "1"}),
        "cancel": httpx.Response(200, json={"status": "CANCELLED"}),
    } | answers

    def answer(request: httpx.Request) -> httpx.Response:
        if "x-api-key" not in request.headers:
            return answers.get("keyless", httpx.Response(403, json={}))
        return known[request.url.path.rpartition("/")[2]]

    return answer


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs the smoke test against an API."""

    def run(**answers: httpx.Response) -> str:
        client = httpx.Client

        def connected(**options: Any) -> httpx.Client:
            return client(transport=httpx.MockTransport(api(**answers)), **options)

        monkeypatch.setattr(smoke.httpx, "Client", connected)
        return smoke.smoke_test("https://api.example.com/api", "key")

    return run


def test_the_smoke_test_reserves_and_cancels(ask: Callable[..., str]) -> None:
    assert ask() == "A lamp: reserved and cancelled"


def test_an_empty_catalogue_passes_and_says_so(ask: Callable[..., str]) -> None:
    assert "reserving was not tried" in ask(products=httpx.Response(200, json=[]))


@pytest.mark.parametrize("kind", ["sale-not-open", "insufficient-stock"])
def test_a_refusal_that_the_product_explains_passes(ask: Callable[..., str], kind: str) -> None:
    refused = httpx.Response(409, json={"type": f"urn:flash-sale:problem:{kind}"})
    assert kind in ask(reservations=refused)


@pytest.mark.parametrize(
    "answers",
    [
        {"keyless": httpx.Response(200, json=[PRODUCT])},
        {"products": httpx.Response(503, json={})},
        {"products": httpx.Response(200, text="<html>")},
        {"shoppers": httpx.Response(500, json={})},
        {"shoppers": httpx.Response(201, json={})},
        {"reservations": httpx.Response(500, json={})},
        {"reservations": httpx.Response(409, json={"type": "urn:flash-sale:problem:limit-exceeded"})},
        {"cancel": httpx.Response(409, json={})},
        {"cancel": httpx.Response(200, json={"status": "ACTIVE"})},
    ],
)
def test_any_other_answer_fails_the_smoke_test(ask: Callable[..., str], answers: dict[str, httpx.Response]) -> None:
    with pytest.raises(SmokeTestError, match="The smoke test failed"):
        ask(**answers)
