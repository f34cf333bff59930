"""What deploy refuses to change where nobody looks."""

from collections.abc import Callable

import pytest

from infra.aws.changes import Change
from infra.aws.preview import Preview
from infra.problems import PlatformError


@pytest.fixture
def losing() -> Callable[[str, str, str], Preview]:
    """A preview of one change to a resource."""

    def of(action: str, kind: str, replacement: str) -> Preview:
        return Preview({"data": [Change(action, kind, "Resource", replacement)]}, {})

    return of


@pytest.mark.parametrize(
    ("action", "kind", "replacement"),
    [
        ("Remove", "AWS::RDS::DBInstance", ""),
        ("Modify", "AWS::RDS::DBInstance", "True"),
        ("Modify", "AWS::RDS::DBInstance", "Conditional"),
        ("Modify", "AWS::SecretsManager::Secret", "True"),
        ("Remove", "AWS::S3::Bucket", ""),
        ("Modify", "AWS::SQS::Queue", "True"),
    ],
)
def test_data_is_not_lost_where_nobody_looks(
    losing: Callable[[str, str, str], Preview], action: str, kind: str, replacement: str
) -> None:
    with pytest.raises(PlatformError, match="Resource would be replaced or removed with all data"):
        losing(action, kind, replacement).refuse_loss()


@pytest.mark.parametrize(
    ("action", "kind", "replacement"),
    [
        ("Modify", "AWS::RDS::DBInstance", "False"),
        ("Add", "AWS::RDS::DBInstance", ""),
        ("Modify", "AWS::Lambda::Function", "True"),
        ("Remove", "AWS::Lambda::Version", ""),
    ],
)
def test_what_holds_no_data_is_changed_without_looking(
    losing: Callable[[str, str, str], Preview], action: str, kind: str, replacement: str
) -> None:
    losing(action, kind, replacement).refuse_loss()
