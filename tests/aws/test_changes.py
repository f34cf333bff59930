"""Changes of a stack: shown before, followed to the end, and what AWS refuses is said with its reason."""

from io import StringIO

import pytest

from infra.aws.changes import PREVIOUS, ChangeSet, propose, update_parameters
from infra.aws.events import StackFailedError
from infra.aws.stack import Stack
from infra.problems import PlatformError
from infra.terminal import Terminal
from tests.aws.scripted import REGION, Aws
from tests.aws.stacks import absent, change, change_set, event, no_changes, stack

NAME = "flash-sale-dev-service"


@pytest.fixture
def service(aws: Aws) -> Stack:
    """A stack that was deployed before."""
    aws.answers("cloudformation.CreateChangeSet", {"Id": "arn:of:change", "StackId": "arn:of:stack"})
    aws.answers("cloudformation.DeleteChangeSet", {})
    aws.answers("cloudformation.ExecuteChangeSet", {})
    aws.answers("cloudformation.DescribeStacks", stack(NAME, "UPDATE_COMPLETE", parameters={"A": "1", "B": "2"}))
    return Stack(aws.account, NAME, REGION)


def follow(aws: Aws, service: Stack, end: str, *events: dict[str, object]) -> str:
    """Execute a change that goes through these events, the newest last, and ends so; what was shown."""
    stream = StringIO()
    states = [stack(NAME, status) for status in ("UPDATE_COMPLETE", "UPDATE_IN_PROGRESS", end)]
    aws.answers("cloudformation.DescribeStacks", *states)
    aws.answers(
        "cloudformation.DescribeStackEvents",
        {"StackEvents": [event(0, "Old", "CREATE_FAILED", "long ago")]},
        {"StackEvents": list(reversed(events))},
    )
    try:
        ChangeSet(service, "arn:of:change", ()).execute(Terminal(stream))
    finally:
        shown = stream.getvalue()
    return shown


def test_nothing_to_change_is_no_change(aws: Aws, service: Stack) -> None:
    aws.answers("cloudformation.DescribeChangeSet", no_changes())
    assert propose(service, PREVIOUS, []) is None
    assert aws.called("cloudformation.DeleteChangeSet") == [{"ChangeSetName": "arn:of:change"}]


def test_a_change_that_cloudformation_does_not_accept_is_said_with_its_reason(aws: Aws, service: Stack) -> None:
    refused = {"Status": "FAILED", "StatusReason": "Rule JwksUrl: needs NatGateway", "Changes": []}
    aws.answers("cloudformation.DescribeChangeSet", refused)
    with pytest.raises(PlatformError, match=r"does not accept .* Rule JwksUrl: needs NatGateway"):
        propose(service, PREVIOUS, [])


def test_a_change_set_is_awaited_and_names_every_resource(aws: Aws, service: Stack) -> None:
    computing = {"Status": "CREATE_IN_PROGRESS", "Changes": []}
    done = change_set(change("Modify", "AWS::RDS::DBInstance", "Database", "True"))
    aws.answers("cloudformation.DescribeChangeSet", computing, done)
    proposed = propose(service, PREVIOUS, [])
    assert proposed is not None
    assert [str(one).split() for one in proposed.changes] == [
        ["Modify", "AWS::RDS::DBInstance", "Database", "REPLACED"]
    ]
    assert proposed.changes[0].loses_data


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (stack(NAME, "UPDATE_COMPLETE"), "UPDATE"),
        (absent(NAME), "CREATE"),
        (stack(NAME, "REVIEW_IN_PROGRESS"), "CREATE"),
    ],
)
def test_a_stack_that_was_never_executed_is_created(
    aws: Aws, service: Stack, state: dict[str, object], kind: str
) -> None:
    aws.answers("cloudformation.DescribeStacks", state)
    aws.answers("cloudformation.DescribeChangeSet", no_changes())
    propose(service, PREVIOUS, [])
    assert [one["ChangeSetType"] for one in aws.called("cloudformation.CreateChangeSet")] == [kind]


def test_new_values_leave_template_and_other_values_alone(aws: Aws, service: Stack) -> None:
    aws.answers("cloudformation.DescribeChangeSet", no_changes())
    update_parameters(service, {"A": "3"})
    (made,) = aws.called("cloudformation.CreateChangeSet")
    assert made["UsePreviousTemplate"]
    assert made["Parameters"] == [
        {"ParameterKey": "A", "ParameterValue": "3"},
        {"ParameterKey": "B", "UsePreviousValue": True},
    ]


def test_a_failed_update_names_the_resource_that_failed_first_and_the_reason(aws: Aws, service: Stack) -> None:
    with pytest.raises(StackFailedError) as caught:
        follow(
            aws,
            service,
            "UPDATE_ROLLBACK_COMPLETE",
            event(1, "APIHandler", "UPDATE_FAILED", "Memory size is too large"),
            event(2, "Expire", "UPDATE_FAILED", "Resource update cancelled"),
            event(3, "RestAPI", "UPDATE_FAILED", "Something later"),
        )
    assert str(caught.value) == (
        "APIHandler (AWS::Lambda::Function) failed: Memory size is too large "
        f"({NAME}: UPDATE_ROLLBACK_COMPLETE) The stack is what it was before."
    )


def test_each_resource_that_is_done_is_shown_once_and_those_of_earlier_changes_never(aws: Aws, service: Stack) -> None:
    shown = follow(
        aws,
        service,
        "UPDATE_COMPLETE",
        event(0, "Old", "CREATE_FAILED", "long ago"),
        event(1, "APIHandler", "UPDATE_IN_PROGRESS"),
        event(2, "APIHandler", "UPDATE_COMPLETE"),
    )
    assert shown.count("APIHandler") == 1
    assert "Old" not in shown


def test_the_state_before_is_not_taken_for_the_end(aws: Aws, service: Stack) -> None:
    states = [stack(NAME, status) for status in ("UPDATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE")]
    aws.answers("cloudformation.DescribeStacks", *states)
    failure = event(1, "APIHandler", "UPDATE_FAILED", "Memory size is too large")
    events = [{"StackEvents": found} for found in ([], [], [failure])]
    aws.answers("cloudformation.DescribeStackEvents", *events)
    with pytest.raises(StackFailedError, match="Memory size is too large"):
        ChangeSet(service, "arn:of:change", ()).execute(Terminal(StringIO()))
