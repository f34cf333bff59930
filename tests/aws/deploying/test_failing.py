"""A deployment that goes wrong: the old code serves again, no file was uploaded, and the sentence says what failed."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from infra.aws import deployment
from infra.aws.bundle import Bundle
from infra.aws.deployment import Deployment
from infra.aws.smoke import SmokeTestError
from tests.aws.conftest import Person
from tests.aws.deploying.stage import BEFORE, FUNCTION, OUTPUTS, body, uploaded, used_code
from tests.aws.scripted import Aws, Refusal
from tests.aws.stacks import absent, change_set, event, no_changes, stack


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
    assert fails().startswith("The smoke test failed: 2 messages became dead letters.")
    assert aws.called("lambda.UpdateAlias")


def test_messages_that_were_given_up_before_do_not_stop_a_deployment(aws: Aws, person: Person, bundle: Bundle) -> None:
    aws.answers("sqs.GetQueueAttributes", {"Attributes": {"ApproximateNumberOfMessages": "3"}})
    Deployment(person.operation(), bundle).run()
    assert uploaded(aws) == ["index.html"]


def let_a_change_fail(aws: Aws, number: int, failure: dict[str, Any]) -> None:
    """Let this change of a stack, counted from 1, end in a rollback with this event."""
    rolled_back = stack("a-stack", "UPDATE_ROLLBACK_COMPLETE", OUTPUTS, {"Stage": "dev"})

    def execute(_: dict[str, Any]) -> dict[str, Any]:
        if len(aws.called("cloudformation.ExecuteChangeSet")) == number:
            aws.answers("cloudformation.DescribeStacks", rolled_back)
            aws.answers("cloudformation.DescribeStackEvents", {"StackEvents": [failure]})
        return {}

    aws.answers("cloudformation.ExecuteChangeSet", execute)


def test_a_resource_that_fails_is_named_and_the_old_release_serves(aws: Aws, fails: Callable[[], str]) -> None:
    # the data stack before, then the service
    let_a_change_fail(aws, 2, event(0, "APIHandler", "UPDATE_FAILED", "Unzipped size must be smaller"))
    aws.answers("cloudformation.DescribeChangeSet", *[change_set()] * 4, no_changes())
    said = fails()
    assert said.startswith("APIHandler (AWS::Lambda::Function) failed: Unzipped size must be smaller")
    assert said.endswith("The release of 2026-11-01T00-00-00Z serves; no file was uploaded.")
    assert uploaded(aws) == []


def test_a_shop_stack_that_fails_restores_the_old_code_too(aws: Aws, fails: Callable[[], str]) -> None:
    # the data stack and the service before, then the shop
    let_a_change_fail(aws, 3, event(0, "FrontDoor", "UPDATE_FAILED", "The certificate does not exist"))
    aws.answers("cloudformation.DescribeChangeSet", *[change_set()] * 6, no_changes())
    said = fails()
    assert said.startswith("FrontDoor (AWS::Lambda::Function) failed: The certificate does not exist")
    assert said.endswith("The release of 2026-11-01T00-00-00Z serves; no file was uploaded.")
    assert used_code(aws) == ["new.zip", "old.zip"]
    assert aws.called("lambda.UpdateAlias")
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
