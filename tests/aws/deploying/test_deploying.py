"""A deployment that goes well: its order, and what is shown before."""

import json
from dataclasses import replace

import pytest

from infra.aws.bundle import Bundle
from infra.aws.deploy import bring
from infra.aws.deployment import Deployment
from infra.problems import PlatformError
from tests.aws.conftest import Person
from tests.aws.deploying.stage import body, uploaded, used_code, vars_of
from tests.aws.scripted import Aws
from tests.aws.stacks import no_changes


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


@pytest.fixture
def same_release(aws: Aws, bundle: Bundle, person: Person) -> None:
    """What is deployed is what would be deployed."""
    same = bundle.release(person.operation().stage)
    aws.answers("s3.GetObject", lambda _: {"Body": body(json.dumps(vars_of(same)))})
    aws.answers("cloudformation.DescribeChangeSet", no_changes())
    aws.calls.clear()


@pytest.mark.usefixtures("same_release")
def test_a_deployment_that_changes_nothing_says_so_and_asks_nothing(aws: Aws, person: Person, bundle: Bundle) -> None:
    bring(person.operation(), bundle)
    assert "Nothing changed" in person.shown
    assert "The shop: https://shop.example.com" in person.shown
    assert person.questions == []
    assert set(aws.changing) == {"cloudformation.CreateChangeSet", "cloudformation.DeleteChangeSet"}


@pytest.mark.usefixtures("same_release")
def test_a_deployment_of_another_page_is_no_deployment_of_nothing(aws: Aws, person: Person, bundle: Bundle) -> None:
    (bundle.shop / "index.html").write_text("<html lang=en>")
    bring(person.operation(), bundle)
    assert uploaded(aws) == ["index.html"]


def test_account_region_and_changes_are_shown_before_the_question(aws: Aws, person: Person, bundle: Bundle) -> None:
    person.answer = "n"
    with pytest.raises(PlatformError, match="Nothing was changed"):
        bring(person.operation(), bundle)
    assert "dev in account 123456789012, region eu-central-1" in person.shown
    assert "Modify   AWS::Lambda::Function                APIHandler" in person.shown
    assert aws.called("cloudformation.ExecuteChangeSet") == aws.called("lambda.UpdateFunctionCode") == []


def test_a_bad_value_in_the_stage_s_file_is_said_before_aws_is_asked(aws: Aws, bundle: Bundle) -> None:
    wrong = replace(bundle.package, defaults={"data": {"Zones": "3"}})
    with pytest.raises(PlatformError, match="a parameter Zones, which it does not have"):
        replace(bundle, package=wrong).check()
    assert aws.calls == []
