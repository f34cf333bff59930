"""Stacks in odd states: what deploy says or offers before it changes anything."""

import pytest

from infra.aws.stack_states import make_ready
from infra.problems import PlatformError
from tests.aws.conftest import Person
from tests.aws.scripted import Aws
from tests.aws.stacks import absent, going_on, stack

NAME = "flash-sale-dev-service"


@pytest.mark.parametrize(
    "state", ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS"]
)
def test_a_stack_in_order_is_deployed_to_without_a_question(aws: Aws, person: Person, state: str) -> None:
    aws.answers("cloudformation.DescribeStacks", stack(NAME, state))
    operation = person.operation()
    make_ready(operation, operation.stage.service)
    assert (person.questions, aws.changing) == ([], [])


def test_a_stack_that_does_not_exist_is_ready_to_be_created(aws: Aws, person: Person) -> None:
    aws.answers("cloudformation.DescribeStacks", absent(NAME))
    operation = person.operation()
    make_ready(operation, operation.stage.service)
    assert person.questions == []


@pytest.mark.parametrize(
    ("state", "advice"),
    [
        ("CREATE_IN_PROGRESS", "wait until that has ended"),
        ("UPDATE_IN_PROGRESS", "wait until that has ended"),
        ("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "wait until that has ended"),
        ("UPDATE_ROLLBACK_IN_PROGRESS", "wait until that has ended"),
        ("DELETE_IN_PROGRESS", "wait until that has ended"),
        ("UPDATE_ROLLBACK_FAILED", f"continue-update-rollback --stack-name {NAME} --region eu-central-1"),
        ("DELETE_FAILED", "make destroy"),
    ],
)
def test_a_stack_that_can_not_be_changed_now_is_named_with_what_to_do(
    aws: Aws, person: Person, state: str, advice: str
) -> None:
    aws.answers("cloudformation.DescribeStacks", stack(NAME, state))
    operation = person.operation()
    with pytest.raises(PlatformError) as caught:
        make_ready(operation, operation.stage.service)
    assert state in str(caught.value)
    assert NAME in str(caught.value)
    assert advice in str(caught.value)
    assert aws.changing == []


@pytest.mark.parametrize("state", ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"])
def test_a_stack_that_never_came_up_is_deleted_if_the_person_agrees(aws: Aws, person: Person, state: str) -> None:
    aws.answers("cloudformation.DescribeStacks", *[stack(NAME, one) for one in (state, state, "DELETE_COMPLETE")])
    aws.answers("cloudformation.DescribeStackEvents", going_on(aws))
    aws.answers("cloudformation.DeleteStack", {})
    operation = person.operation()
    make_ready(operation, operation.stage.service)
    assert len(person.questions) == 1
    assert aws.called("cloudformation.DeleteStack") == [{"StackName": NAME}]


def test_a_stack_that_never_came_up_stays_if_the_person_does_not_agree(aws: Aws, person: Person) -> None:
    person.answer = "n"
    aws.answers("cloudformation.DescribeStacks", stack(NAME, "ROLLBACK_COMPLETE"))
    operation = person.operation()
    with pytest.raises(PlatformError, match="Nothing was changed"):
        make_ready(operation, operation.stage.service)
    assert aws.changing == []
