"""Before a sale: a larger instance and warm environments."""

import pytest

from infra.aws.sale import scale, warm
from infra.problems import PlatformError
from tests.aws.conftest import Person
from tests.aws.scripted import Aws
from tests.aws.stacks import absent, change, change_set, going_on, no_changes, stack

PARAMETERS = {"DatabaseClass": "db.t4g.micro", "ApiConcurrency": "200", "WarmEnvironments": "0", "Stage": "dev"}


@pytest.fixture(autouse=True)
def deployed(aws: Aws) -> None:
    """A stage that was deployed before."""
    aws.answers("cloudformation.DescribeStacks", stack("a-stack", "UPDATE_COMPLETE", parameters=PARAMETERS))
    aws.answers("cloudformation.CreateChangeSet", {"Id": "arn:of:change", "StackId": "arn:of:stack"})
    database = change("Modify", "AWS::RDS::DBInstance", "Database")
    aws.answers("cloudformation.DescribeChangeSet", change_set(database))
    aws.answers("cloudformation.DeleteChangeSet", {})
    aws.answers("cloudformation.ExecuteChangeSet", {})
    aws.answers("cloudformation.DescribeStackEvents", going_on(aws))


def values(aws: Aws) -> dict[str, str]:
    """The values that were given anew; every other parameter keeps its value."""
    (made,) = aws.called("cloudformation.CreateChangeSet")
    given = [one for one in made["Parameters"] if "ParameterValue" in one]
    kept = {one["ParameterKey"] for one in made["Parameters"] if one.get("UsePreviousValue")}
    found = {one["ParameterKey"]: one["ParameterValue"] for one in given}
    assert kept == PARAMETERS.keys() - found.keys()
    return found


def test_the_instance_gets_another_class_and_nothing_else_changes(aws: Aws, person: Person) -> None:
    scale(person.operation(), "db.r8g.2xlarge")
    assert values(aws) == {"DatabaseClass": "db.r8g.2xlarge"}
    assert "DatabaseClass from db.t4g.micro to db.r8g.2xlarge" in person.shown
    assert aws.called("cloudformation.ExecuteChangeSet")


def test_environments_are_kept_ready_between_two_times(aws: Aws, person: Person) -> None:
    warm(person.operation(), "150", "2030-12-01T09:50:00", "2030-12-01T11:00:00")
    expected = {"WarmEnvironments": "150", "WarmFrom": "2030-12-01T09:50:00", "WarmUntil": "2030-12-01T11:00:00"}
    assert values(aws) == expected


def test_environments_are_kept_ready_at_once_and_an_earlier_schedule_is_forgotten(aws: Aws, person: Person) -> None:
    warm(person.operation(), "200")
    assert values(aws) == {"WarmEnvironments": "200", "WarmFrom": "", "WarmUntil": ""}


def test_what_is_so_already_is_not_changed(aws: Aws, person: Person) -> None:
    aws.answers("cloudformation.DescribeChangeSet", no_changes())
    scale(person.operation(), "db.t4g.micro")
    assert "Nothing changed" in person.shown
    assert (person.questions, aws.called("cloudformation.ExecuteChangeSet")) == ([], [])


def test_nothing_is_changed_unless_the_person_agrees(aws: Aws, person: Person) -> None:
    person.answer = "n"
    with pytest.raises(PlatformError, match="Nothing was changed"):
        scale(person.operation(), "db.r8g.2xlarge")
    assert aws.called("cloudformation.ExecuteChangeSet") == []


@pytest.mark.parametrize("environments", ["", "many", "-1", "1.5", "201"])
def test_a_number_that_can_not_be_kept_ready_is_refused(aws: Aws, person: Person, environments: str) -> None:
    with pytest.raises(PlatformError, match="N must be"):
        warm(person.operation(), environments)
    assert aws.changing == []


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2030-12-01T09:50:00", ""),
        ("", "2030-12-01T09:50:00"),
        ("2030-12-01T09:50:00", "2030-12-01T09:50:00"),
        ("2030-12-01T09:50:00", "2030-11-01T09:50:00"),
        ("2020-12-01T09:50:00", "2020-12-01T11:00:00"),
        ("tomorrow", "2030-11-01T09:50:00"),
    ],
)
def test_times_that_are_no_interval_are_refused(aws: Aws, person: Person, since: str, until: str) -> None:
    with pytest.raises(PlatformError, match="FROM and UNTIL"):
        warm(person.operation(), "1", since, until)
    assert aws.changing == []


@pytest.mark.parametrize("instance_class", ["", "r8g.large", "large"])
def test_what_is_no_class_of_instances_is_refused(aws: Aws, person: Person, instance_class: str) -> None:
    with pytest.raises(PlatformError, match="CLASS must be"):
        scale(person.operation(), instance_class)
    assert aws.changing == []


def test_a_stage_that_was_never_deployed_is_named(aws: Aws, person: Person) -> None:
    aws.answers("cloudformation.DescribeStacks", absent("flash-sale-dev-data"))
    with pytest.raises(PlatformError, match=r"flash-sale-dev-data does not exist .*make deploy"):
        scale(person.operation(), "db.r8g.2xlarge")
